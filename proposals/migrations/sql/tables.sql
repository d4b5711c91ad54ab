-- Rendered from the tables of transitions and fields.
create or replace function rk_proposal_may_move(source text, target text) returns boolean
language sql immutable as $rk$
  select (source, target) in (
    ('agreed', 'at_desk'),
    ('at_desk', 'agreed'),
    ('at_desk', 'deferred'),
    ('at_desk', 'merged'),
    ('at_desk', 'redirected'),
    ('at_desk', 'rejected'),
    ('at_desk', 'returned'),
    ('awaiting_head', 'draft'),
    ('awaiting_head', 'sent'),
    ('awaiting_head', 'withdrawn'),
    ('deferred', 'at_desk'),
    ('draft', 'awaiting_head'),
    ('draft', 'sent'),
    ('draft', 'withdrawn'),
    ('merged', 'under_review'),
    ('redirected', 'at_desk'),
    ('rejected', 'at_desk'),
    ('returned', 'awaiting_head'),
    ('returned', 'deferred'),
    ('returned', 'redirected'),
    ('returned', 'sent'),
    ('returned', 'under_review'),
    ('returned', 'withdrawn'),
    ('sent', 'deferred'),
    ('sent', 'draft'),
    ('sent', 'redirected'),
    ('sent', 'returned'),
    ('sent', 'under_review'),
    ('sent', 'withdrawn'),
    ('under_review', 'at_desk'),
    ('under_review', 'deferred'),
    ('under_review', 'merged'),
    ('under_review', 'redirected'),
    ('under_review', 'returned')
  );
$rk$;

create or replace function rk_joint_may_move(source text, target text) returns boolean
language sql immutable as $rk$
  select (source, target) in (
    ('agreed', 'joined'),
    ('deferred', 'joined'),
    ('forming', 'dissolved'),
    ('forming', 'joined'),
    ('joined', 'agreed'),
    ('joined', 'deferred'),
    ('joined', 'dissolved')
  );
$rk$;

create or replace function rk_fields_opening(name text) returns text[]
language sql immutable as $rk$
  select case name
    when 'background' then array['background']
    when 'beneficiary_ikm' then array['beneficiary_ikm']
    when 'beneficiary_workers' then array['beneficiary_workers']
    when 'forward_rp' then array['forward_rp']
    when 'funding_source_id' then array['funding_source']
    when 'intervention_id' then array['intervention']
    when 'labour_available' then array['labour']
    when 'labour_needed' then array['labour']
    when 'labour_source' then array['labour']
    when 'labour_to_train' then array['labour']
    when 'nomenclature_id' then array['nomenclature']
    when 'origin' then array['origin']
    when 'request_to' then array['request_to']
    when 'requested_rp' then array['budget_lines', 'requested_rp']
    when 'sector_id' then array['sector']
    when 'target_group' then array['target_group']
    when 'title' then array['title']
    when 'proposals_attachment' then array['attachments']
    when 'proposals_budgetline' then array['budget_lines', 'requested_rp']
    when 'proposals_cofunding' then array['co_funding']
    when 'proposals_commodityuse' then array['commodity_uses']
    when 'proposals_financingneed' then array['financing_needs']
    when 'proposals_location' then array['locations']
    when 'proposals_output' then array['outputs']
    when 'proposals_promisedpaper' then array['attachments']
  end;
$rk$;
