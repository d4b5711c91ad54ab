-- What must never be, refused at the statement. Names in "constraint" tell which rule was broken.
create function rk_stop(rule text, message text) returns void language plpgsql as $rk$
begin
  raise exception '%', message using errcode = 'check_violation', constraint = rule;
end $rk$;

-- People, offices, years --------------------------------------------------------------------
create function rk_user_office() returns trigger language plpgsql as $rk$
declare
  office record;
begin
  if new.office_id is null then
    return new;
  end if;
  select o.kind, r.kind as level into office
  from proposals_office o join proposals_region r on r.id = o.region_id where o.id = new.office_id;
  if new.role in ('gate_checker', 'reviewer', 'coordinator', 'province_head', 'admin')
     and not (office.kind = 'industry' and office.level = 'province') then
    perform rk_stop('user_provincial_role_in_provincial_office',
      format('role %s belongs to the provincial industry office', new.role));
  elsif new.role = 'head' and not (office.kind = 'industry' and office.level <> 'province') then
    perform rk_stop('user_head_in_regency_office', 'a head of office belongs to a regency office');
  elsif new.role = 'officer' and office.kind <> 'industry' then
    perform rk_stop('user_officer_in_industry_office', 'an officer belongs to an industry office');
  elsif new.role = 'bappeda' and office.kind <> 'planning' then
    perform rk_stop('user_bappeda_in_planning_office', 'bappeda belongs to a planning agency');
  end if;
  return new;
end $rk$;
create trigger rk_user_office before insert or update of role, office_id on proposals_user
  for each row execute function rk_user_office();

create function rk_office_stays() returns trigger language plpgsql as $rk$
begin
  if (new.region_id, new.kind) is distinct from (old.region_id, old.kind)
     and exists (select from proposals_user u where u.office_id = new.id) then
    perform rk_stop('office_with_people_stays', 'an office with people keeps its region and kind');
  end if;
  return new;
end $rk$;
create trigger rk_office_stays before update of region_id, kind on proposals_office
  for each row execute function rk_office_stays();

create function rk_year_state() returns trigger language plpgsql as $rk$
declare
  states text[] := array['prepared', 'open', 'closed', 'meeting', 'signed', 'archived'];
  flagged int;
begin
  if not exists (
    select from proposals_office o join proposals_region r on r.id = o.region_id
    where o.id = new.office_id and o.kind = 'industry' and r.kind = 'province') then
    perform rk_stop('year_of_the_provincial_office', 'a year belongs to the provincial industry office');
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'prepared' then
      perform rk_stop('year_born_prepared', 'a year begins as prepared');
    end if;
    return new;
  end if;
  if new.state is distinct from old.state
     and array_position(states, new.state) < array_position(states, old.state)
     and not (old.state = 'closed' and new.state = 'open' and new.state_reason ~ '\S') then
    perform rk_stop('year_moves_forward',
      'a year moves forward only; a closed one opens again with a reason');
  end if;
  if new.max_priority_sectors < old.max_priority_sectors then
    select count(*) into flagged from proposals_priorityflag f
    where f.year_id = new.id and f.sector_id is not null;
    if flagged > new.max_priority_sectors then
      perform rk_stop('flag_limit', format('%s sectors are flagged already', flagged));
    end if;
  end if;
  return new;
end $rk$;
create trigger rk_year_state before insert or update on proposals_planningyear
  for each row execute function rk_year_state();

create function rk_flag_limit() returns trigger language plpgsql as $rk$
declare
  allowed int;
  flagged int;
begin
  if new.sector_id is null then
    return new;
  end if;
  select max_priority_sectors into allowed from proposals_planningyear
  where id = new.year_id for update;
  select count(*) into flagged from proposals_priorityflag f
  where f.year_id = new.year_id and f.sector_id is not null and f.id is distinct from new.id;
  if flagged >= allowed then
    perform rk_stop('flag_limit', format('the year allows %s priority sectors', allowed));
  end if;
  return new;
end $rk$;
create trigger rk_flag_limit before insert or update on proposals_priorityflag
  for each row execute function rk_flag_limit();

-- The priority scale: frozen for good, and only with weights that make a hundred --------------
create function rk_scale_moves() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'INSERT' then
    if new.frozen_at is not null then
      perform rk_stop('scale_born_as_draft', 'a version of the scale begins as a draft');
    end if;
    return new;
  end if;
  if old.frozen_at is not null then
    perform rk_stop('scale_frozen', 'a frozen version of the scale stays as it is');
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if new.frozen_at is not null then
    if (select state in ('signed', 'archived') from proposals_planningyear where id = new.year_id) then
      perform rk_stop('scale_of_a_signed_year', 'the minutes are signed: the scale stays');
    end if;
    if (select coalesce(sum(weight), 0) <> 100 from proposals_scaleweight
        where version_id = new.id) then
      perform rk_stop('scale_weights_make_a_hundred', 'the weights do not make 100');
    end if;
  end if;
  return new;
end $rk$;
create trigger rk_scale_moves before insert or update or delete on proposals_scaleversion
  for each row execute function rk_scale_moves();

create function rk_scale_is_open() returns trigger language plpgsql as $rk$
declare
  held bigint[] := case tg_op
    when 'INSERT' then array[new.version_id]
    when 'DELETE' then array[old.version_id]
    else array[old.version_id, new.version_id] end;
begin
  perform from proposals_scaleversion where id = any(held) for share;
  if exists (select from proposals_scaleversion where id = any(held) and frozen_at is not null) then
    perform rk_stop('scale_frozen', 'a frozen version of the scale keeps its weights and points');
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $rk$;
create trigger rk_scale_is_open before insert or update or delete on proposals_scaleweight
  for each row execute function rk_scale_is_open();
create trigger rk_scale_is_open before insert or update or delete on proposals_scalescore
  for each row execute function rk_scale_is_open();

-- A retired row is not chosen anew: a function for each table, so that its plans are kept -------
do $rk$
declare
  choices constant text[] := array[
    ['proposals_proposal', 'sector_id', 'proposals_sector'],
    ['proposals_proposal', 'intervention_id', 'proposals_interventiontype'],
    ['proposals_proposal', 'nomenclature_id', 'proposals_nomenclature'],
    ['proposals_proposal', 'funding_source_id', 'proposals_fundingsource'],
    ['proposals_proposal', 'office_id', 'proposals_office'],
    ['proposals_proposal', 'result_reason_id', 'proposals_reasoncode'],
    ['proposals_commodityuse', 'commodity_id', 'proposals_commodity'],
    ['proposals_commodityuse', 'stage_id', 'proposals_derivativestage'],
    ['proposals_financingneed', 'scheme_id', 'proposals_financingscheme'],
    ['proposals_location', 'district_id', 'proposals_district'],
    ['proposals_attachment', 'document_id', 'proposals_readinessdocument'],
    ['proposals_priorityflag', 'sector_id', 'proposals_sector'],
    ['proposals_priorityflag', 'commodity_id', 'proposals_commodity'],
    ['proposals_share', 'funding_source_id', 'proposals_fundingsource'],
    ['proposals_ceiling', 'funding_source_id', 'proposals_fundingsource'],
    ['proposals_ceiling', 'sector_id', 'proposals_sector'],
    ['proposals_jointprogramme', 'intervention_id', 'proposals_interventiontype'],
    ['proposals_jointprogramme', 'nomenclature_id', 'proposals_nomenclature'],
    ['proposals_jointprogramme', 'commodity_id', 'proposals_commodity'],
    ['proposals_jointprogramme', 'lead_office_id', 'proposals_office'],
    ['proposals_promisedpaper', 'document_id', 'proposals_readinessdocument'],
    ['proposals_flagstage', 'stage_id', 'proposals_derivativestage'],
    ['proposals_gateanswer', 'criterion_id', 'proposals_reviewcriterion'],
    ['proposals_score', 'criterion_id', 'proposals_reviewcriterion'],
    ['proposals_review', 'reason_id', 'proposals_reasoncode'],
    ['proposals_returnpoint', 'reason_id', 'proposals_reasoncode'],
    ['proposals_decision', 'reason_id', 'proposals_reasoncode'],
    ['proposals_user', 'office_id', 'proposals_office'],
    ['proposals_user', 'division_id', 'proposals_division']];
  chosen record;
begin
  for chosen in
    select choices[i][1] as taking, string_agg(format(
      $q$  if new.%1$I is not null and (tg_op = 'INSERT' or new.%1$I is distinct from old.%1$I)
    and (select is_retired from %2$I where id = new.%1$I) then
    perform rk_stop('retired_row_chosen', format('%2$s %%s is retired', new.%1$I));
  end if;
$q$, choices[i][2], choices[i][3]), '' order by i) as checks
    from generate_subscripts(choices, 1) i group by 1
  loop
    execute format('create function %I() returns trigger language plpgsql as %L',
      'rk_not_retired_' || substr(chosen.taking, 11),
      format(E'begin\n%sreturn new;\nend', chosen.checks));
    execute format('create trigger rk_not_retired before insert or update on %I '
      'for each row execute function %I()', chosen.taking,
      'rk_not_retired_' || substr(chosen.taking, 11));
  end loop;
end $rk$;

-- The life of a proposal --------------------------------------------------------------------
create function rk_year_not_signed(the_year bigint) returns void language plpgsql as $rk$
begin
  if (select state from proposals_planningyear where id = the_year) in ('signed', 'archived') then
    perform rk_stop('year_signed', 'the minutes are signed: nothing moves');
  end if;
end $rk$;

create function rk_proposal_born() returns trigger language plpgsql as $rk$
declare
  allowed int;
  filed int;
begin
  if new.status <> 'draft' or new.number is not null or new.sent_at is not null
     or new.agreed_rp is not null or new.recommended_rp is not null or new.score_pct is not null then
    perform rk_stop('proposal_born_a_draft', 'a proposal begins as a draft');
  end if;
  perform rk_year_not_signed(new.year_id);
  select y.proposal_limit into allowed from proposals_officeyear y
  where y.year_id = new.year_id and y.office_id = new.office_id and y.proposal_limit is not null
  for update;
  if allowed is not null then
    select count(*) into filed from proposals_proposal p
    where p.year_id = new.year_id and p.office_id = new.office_id and p.status <> 'withdrawn';
    if filed >= allowed then
      perform rk_stop('proposal_within_the_limit_of_its_office',
        format('the office may file %s proposals', allowed));
    end if;
  end if;
  return new;
end $rk$;
create trigger rk_proposal_born before insert on proposals_proposal
  for each row execute function rk_proposal_born();

create function rk_last_decision(the_proposal bigint) returns proposals_decision
language sql stable as $rk$
  select d from proposals_decision d where d.proposal_id = the_proposal order by d.id desc limit 1;
$rk$;

create function rk_proposal_arrives(new_row proposals_proposal, before text, stood_since timestamptz) returns void
language plpgsql as $rk$
declare
  last proposals_decision;
begin
  case new_row.status
  when 'sent' then
    if not exists (select from proposals_version v
                   where v.proposal_id = new_row.id and v.sent_at >= stood_since) then
      perform rk_stop('proposal_sent_has_a_version', 'what is sent is frozen in a version of its own');
    end if;
  when 'returned' then
    if not exists (select from proposals_returnpoint p
                   where p.proposal_id = new_row.id and p.settled_at is null) then
      perform rk_stop('proposal_returned_has_a_point', 'a return names at least one point');
    end if;
  when 'under_review' then
    if before = 'sent' and (
      exists (select from proposals_reviewcriterion c
              where c.is_gate and not c.is_retired
                and case new_row.request_to when 'own' then c.applies_to_own else c.applies_to_requests end
                and not exists (select from proposals_gateanswer g
                                where g.proposal_id = new_row.id and g.criterion_id = c.id))
      or exists (select from proposals_gateanswer g
                 where g.proposal_id = new_row.id and g.result = 'failed')) then
      perform rk_stop('proposal_gates_passed', 'every gate is answered and none failed');
    end if;
    if before = 'merged'
       and exists (select from proposals_share s where s.proposal_id = new_row.id) then
      perform rk_stop('proposal_released_has_no_share', 'release only after the share is gone');
    end if;
  when 'at_desk' then
    if before = 'under_review' and new_row.unscored_reason !~ '\S'
       and not exists (select from proposals_review r
                       where r.proposal_id = new_row.id and r.state = 'final') then
      perform rk_stop('proposal_at_desk_is_reviewed', 'scored, or the reason why not');
    end if;
    if before in ('agreed', 'redirected', 'deferred', 'rejected') then
      last := rk_last_decision(new_row.id);
      if last.result is distinct from 'reopened' then
        perform rk_stop('proposal_follows_its_decision', 'reopening is a decision');
      end if;
    end if;
  when 'agreed' then
    last := rk_last_decision(new_row.id);
    if last.id is null or last.result not in ('agreed', 'agreed_changed')
       or last.agreed_rp is distinct from new_row.agreed_rp
       or new_row.is_changed is distinct from (last.result = 'agreed_changed') then
      perform rk_stop('proposal_follows_its_decision', 'agreed only as the last decision says');
    end if;
    perform rk_stop_above_ceiling(new_row.year_id, new_row.id, null, last.agreed_rp, last.override_reason);
  when 'redirected', 'deferred', 'rejected' then
    last := rk_last_decision(new_row.id);
    if last.result is distinct from new_row.status then
      perform rk_stop('proposal_follows_its_decision', 'the result is what the decision says');
    end if;
  when 'merged' then
    if not exists (select from proposals_share s join proposals_jointprogramme j on j.id = s.joint_id
                   where s.proposal_id = new_row.id and j.state in ('joined', 'agreed', 'deferred')) then
      perform rk_stop('proposal_merged_has_a_share', 'merged only into a joined programme');
    end if;
  else null;
  end case;
end $rk$;

create function rk_proposal_moves() returns trigger language plpgsql as $rk$
begin
  if (new.year_id, new.office_id) is distinct from (old.year_id, old.office_id) then
    perform rk_stop('proposal_keeps_its_office', 'a proposal keeps its year and office');
  end if;
  if (old.number is not null and new.number is distinct from old.number)
     or (old.sent_at is not null and new.sent_at is distinct from old.sent_at) then
    perform rk_stop('proposal_keeps_its_number', 'number and first sending stay');
  end if;
  if new.status is distinct from old.status then
    if not rk_proposal_may_move(old.status, new.status) then
      perform rk_stop('proposal_status_moves',
        format('no way from %s to %s', old.status, new.status));
    end if;
    perform rk_year_not_signed(new.year_id);
    perform rk_proposal_arrives(new, old.status, old.status_at);
  elsif (new.agreed_rp, new.is_changed) is distinct from (old.agreed_rp, old.is_changed) then
    perform rk_stop('proposal_follows_its_decision', 'another amount needs another decision');
  end if;
  return new;
end $rk$;
create trigger rk_proposal_moves before update on proposals_proposal
  for each row execute function rk_proposal_moves();

create function rk_proposal_stays() returns trigger language plpgsql as $rk$
begin
  if old.status <> 'draft' or old.number is not null then
    perform rk_stop('proposal_sent_is_kept', 'only a draft that was never sent may be deleted');
  end if;
  return old;
end $rk$;
create trigger rk_proposal_stays before delete on proposals_proposal
  for each row execute function rk_proposal_stays();

-- Content opens in a draft; after a return only what the points name -------------------------
create function rk_is_open(the_proposal bigint, status text, codes text[]) returns boolean
language sql stable as $rk$
  select case
    when status not in ('draft', 'returned') then false
    when status = 'draft' and not exists (
      select from proposals_returnpoint p where p.proposal_id = the_proposal and p.settled_at is null
    ) then true
    else exists (
      select from proposals_returnpoint p
      where p.proposal_id = the_proposal and p.settled_at is null and p.field = any (codes))
  end;
$rk$;

create function rk_proposal_content() returns trigger language plpgsql as $rk$
declare
  was jsonb := to_jsonb(old);
  fresh jsonb := to_jsonb(new);
  name text;
begin
  for name in select key from jsonb_object_keys(fresh) as key
              where fresh -> key is distinct from was -> key
                and rk_fields_opening(key) is not null loop
    if not rk_is_open(new.id, old.status, rk_fields_opening(name)) then
      perform rk_stop('proposal_content_is_closed', format('%s is closed for changes', name));
    end if;
    if old.approved_at is not null then
      new.approved_at := null;  -- what the head approved is no longer what stands
      new.approved_by_id := null;
    end if;
  end loop;
  if new.approved_at is distinct from old.approved_at and new.approved_at is not null then
    if old.status not in ('draft', 'awaiting_head', 'returned') then
      perform rk_stop('proposal_approved_before_sending', 'what is sent is approved no more');
    end if;
    if not exists (select from proposals_user u where u.id = new.approved_by_id
                   and u.office_id = new.office_id and u.role in ('head', 'province_head')) then
      perform rk_stop('proposal_approved_by_its_head', 'the head of the own office approves');
    end if;
  end if;
  if new.own_rank is distinct from old.own_rank and new.status <> 'withdrawn'
     and exists (select from proposals_officeyear o
                 where o.year_id = new.year_id and o.office_id = new.office_id
                   and o.order_fixed_at is not null for share) then
    perform rk_stop('order_is_fixed', 'the head has fixed the order of the office');
  end if;
  if new.own_rank is distinct from old.own_rank
     and old.status not in ('draft', 'awaiting_head', 'returned')
     and not (new.status = 'withdrawn' and new.own_rank is null) then
    perform rk_stop('proposal_content_is_closed', 'the order is fixed once sent');
  end if;
  return new;
end $rk$;
create trigger rk_proposal_content before update on proposals_proposal
  for each row execute function rk_proposal_content();

create function rk_part_is_open() returns trigger language plpgsql as $rk$
declare
  the_proposal bigint := case when tg_op = 'DELETE' then old.proposal_id else new.proposal_id end;
  status text;
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - array['recommended_rp', 'scan_state', 'scan_at', 'scan_found']
       = to_jsonb(old) - array['recommended_rp', 'scan_state', 'scan_at', 'scan_found'] then
      return new;  -- the reviewer's own column, and what the scanner says
    end if;
    if new.proposal_id <> old.proposal_id then
      perform rk_stop('part_keeps_its_proposal', 'a row keeps its proposal');
    end if;
  end if;
  select p.status into status from proposals_proposal p where p.id = the_proposal for share;
  if not rk_is_open(the_proposal, status, rk_fields_opening(tg_table_name::text)) then
    perform rk_stop('proposal_content_is_closed', format('%s is closed for changes', tg_table_name));
  end if;
  update proposals_proposal set approved_at = null, approved_by_id = null
  where id = the_proposal and approved_at is not null;
  return case when tg_op = 'DELETE' then old else new end;
end $rk$;

do $rk$
declare
  part text;
begin
  foreach part in array array['output', 'budgetline', 'cofunding', 'financingneed', 'location',
                              'commodityuse', 'attachment', 'promisedpaper'] loop
    execute format('create trigger rk_part_is_open before insert or update or delete on %I '
      'for each row execute function rk_part_is_open()', 'proposals_' || part);
  end loop;
end $rk$;

-- The requested amount is the sum of its lines, where it has lines (at the commit) -----------
create function rk_lines_add_up() returns trigger language plpgsql as $rk$
declare
  the_proposal bigint;
  wanted numeric;
  total numeric;
begin
  if tg_table_name = 'proposals_proposal' then
    the_proposal := new.id;
  elsif tg_op = 'DELETE' then
    the_proposal := old.proposal_id;
  else
    the_proposal := new.proposal_id;
  end if;
  select sum(total_rp) into total from proposals_budgetline where proposal_id = the_proposal;
  select requested_rp into wanted from proposals_proposal where id = the_proposal;
  if total is not null and wanted is distinct from total then
    perform rk_stop('proposal_requests_the_sum_of_its_lines',
      format('requested %s, lines add up to %s', wanted, total));
  end if;
  return null;
end $rk$;
create constraint trigger rk_lines_add_up after insert or update or delete on proposals_budgetline
  deferrable initially deferred for each row execute function rk_lines_add_up();
create constraint trigger rk_lines_add_up after update of requested_rp on proposals_proposal
  deferrable initially deferred for each row execute function rk_lines_add_up();

-- Return points are answered and settled, never reworded or lost ------------------------------
create function rk_return_point_stays() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'DELETE' or (new.proposal_id, new.field, new.what, new.made_by_id)
     is distinct from (old.proposal_id, old.field, old.what, old.made_by_id) then
    perform rk_stop('return_point_stays', 'a return point is answered or settled, never changed');
  end if;
  return new;
end $rk$;
create trigger rk_return_point_stays before update or delete on proposals_returnpoint
  for each row execute function rk_return_point_stays();

-- What a head wrote to the officer stays as it was written ------------------------------------
create function rk_office_note_stays() returns trigger language plpgsql as $rk$
begin
  perform rk_stop('office_note_stays', 'a note is written once');
end $rk$;
create trigger rk_office_note_stays before update or delete on proposals_officenote
  for each row execute function rk_office_note_stays();

create function rk_office_note_is_own() returns trigger language plpgsql as $rk$
begin
  if (select u.office_id from proposals_user u where u.id = new.author_id)
     is distinct from (select p.office_id from proposals_proposal p where p.id = new.proposal_id) then
    perform rk_stop('office_note_of_the_own_office', 'a note comes from the office itself');
  end if;
  return new;
end $rk$;
create trigger rk_office_note_is_own before insert on proposals_officenote
  for each row execute function rk_office_note_is_own();

-- Joint programmes --------------------------------------------------------------------------
create function rk_joint_consent_missing(the_joint bigint) returns boolean language sql stable as $rk$
  select exists (
    select from proposals_share s
    join proposals_jointprogramme j on j.id = s.joint_id
    join proposals_proposal p on p.id = s.proposal_id
    join proposals_fundingsource f on f.id = p.funding_source_id
    where s.joint_id = the_joint and s.consent_at is null and f.is_regional_purse
      and (p.funding_source_id <> s.funding_source_id
        or (s.delivery <> 'own_money' and j.lead_office_id <> p.office_id)));
$rk$;

create function rk_joint_moves() returns trigger language plpgsql as $rk$
declare
  last proposals_decision;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'forming' or new.number is not null then
      perform rk_stop('joint_born_forming', 'a joint programme begins as a group being compared');
    end if;
    perform rk_year_not_signed(new.year_id);
    return new;
  end if;
  if old.number is not null and new.number is distinct from old.number then
    perform rk_stop('joint_keeps_its_number', 'the number stays');
  end if;
  if new.state is distinct from old.state then
    if not rk_joint_may_move(old.state, new.state) then
      perform rk_stop('joint_state_moves', format('no way from %s to %s', old.state, new.state));
    end if;
    perform rk_year_not_signed(new.year_id);
    select d.* into last from proposals_decision d where d.joint_id = new.id order by d.id desc limit 1;
    if new.state = 'agreed' then
      if last.result is distinct from 'agreed' or last.agreed_rp is distinct from new.amount_rp then
        perform rk_stop('joint_follows_its_decision', 'agreed only as the last decision says');
      end if;
      if rk_joint_consent_missing(new.id) then
        perform rk_stop('joint_has_consent', 'a member whose purse is not the payer''s has not consented');
      end if;
      perform rk_stop_above_ceiling(new.year_id, null, new.id, new.amount_rp, last.override_reason);
    elsif new.state = 'deferred' and last.result is distinct from 'deferred' then
      perform rk_stop('joint_follows_its_decision', 'deferring is a decision');
    elsif new.state = 'joined' and old.state <> 'forming' and last.result is distinct from 'reopened' then
      perform rk_stop('joint_follows_its_decision', 'reopening is a decision');
    end if;
  elsif old.state in ('agreed', 'deferred', 'dissolved')
        and (new.amount_rp, new.title, new.nomenclature_id, new.lead_office_id)
        is distinct from (old.amount_rp, old.title, old.nomenclature_id, old.lead_office_id) then
    perform rk_stop('joint_decided_is_closed', 'reopen before changing a decided programme');
  end if;
  return new;
end $rk$;
create trigger rk_joint_moves before insert or update on proposals_jointprogramme
  for each row execute function rk_joint_moves();

create function rk_joint_stays() returns trigger language plpgsql as $rk$
begin
  if old.number is not null then
    perform rk_stop('joint_numbered_is_kept', 'a programme with a number is kept');
  end if;
  return old;
end $rk$;
create trigger rk_joint_stays before delete on proposals_jointprogramme
  for each row execute function rk_joint_stays();

create function rk_share_is_open() returns trigger language plpgsql as $rk$
declare
  the_joint bigint := case when tg_op = 'DELETE' then old.joint_id else new.joint_id end;
  joint record;
  member record;
begin
  select j.state, j.year_id into joint from proposals_jointprogramme j where j.id = the_joint for update;
  perform rk_year_not_signed(joint.year_id);
  if joint.state not in ('forming', 'joined') then
    perform rk_stop('joint_decided_is_closed', 'reopen before changing a decided programme');
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  select p.year_id, p.status into member from proposals_proposal p where p.id = new.proposal_id;
  if member.year_id <> joint.year_id then
    perform rk_stop('share_of_the_same_year', 'member and programme belong to one year');
  end if;
  if tg_op = 'INSERT' and member.status not in ('sent', 'under_review', 'at_desk') then
    perform rk_stop('share_of_an_open_proposal', 'only a proposal under review joins');
  end if;
  if tg_op = 'UPDATE' and (new.joint_id, new.proposal_id) is distinct from (old.joint_id, old.proposal_id) then
    perform rk_stop('share_keeps_its_member', 'take one out, then take another in');
  end if;
  return new;
end $rk$;
create trigger rk_share_is_open before insert or update or delete on proposals_share
  for each row execute function rk_share_is_open();

-- From joining on: shares add up, and exactly the members are merged (at the commit) ----------
create function rk_joint_adds_up() returns trigger language plpgsql as $rk$
declare
  the_joint bigint;
  joint record;
begin
  if tg_table_name = 'proposals_proposal' then
    select s.joint_id into the_joint from proposals_share s where s.proposal_id = new.id;
    if the_joint is null then
      if (select status from proposals_proposal where id = new.id) = 'merged' then
        perform rk_stop('proposal_merged_has_a_share', 'a merged proposal has a share');
      end if;
      return null;
    end if;
  elsif tg_table_name = 'proposals_jointprogramme' then
    the_joint := new.id;
  elsif tg_op = 'DELETE' then
    the_joint := old.joint_id;
    if (select status from proposals_proposal where id = old.proposal_id) = 'merged'
       and not exists (select from proposals_share where proposal_id = old.proposal_id) then
      perform rk_stop('proposal_merged_has_a_share', 'a merged proposal has a share');
    end if;
  else
    the_joint := new.joint_id;
  end if;
  select j.state, j.amount_rp, coalesce(sum(s.amount_rp), 0) as shared, count(s.id) as members,
    count(s.id) filter (where p.status = 'merged') as merged
  into joint from proposals_jointprogramme j
  left join proposals_share s on s.joint_id = j.id
  left join proposals_proposal p on p.id = s.proposal_id
  where j.id = the_joint group by j.id;
  if joint.state in ('joined', 'agreed', 'deferred') then
    if joint.shared <> joint.amount_rp or joint.members < 1 then
      perform rk_stop('shares_add_up', format('shares add up to %s of %s', joint.shared, joint.amount_rp));
    end if;
    if joint.merged <> joint.members then
      perform rk_stop('members_are_merged', 'every member of a joined programme is merged');
    end if;
  elsif joint.merged > 0 or (joint.state = 'dissolved' and joint.members > 0) then
    perform rk_stop('members_are_released', 'members are merged only while the programme is joined');
  end if;
  return null;
end $rk$;
create constraint trigger rk_joint_adds_up after insert or update or delete on proposals_share
  deferrable initially deferred for each row execute function rk_joint_adds_up();
create constraint trigger rk_joint_adds_up after update of state, amount_rp on proposals_jointprogramme
  deferrable initially deferred for each row execute function rk_joint_adds_up();
create constraint trigger rk_joint_adds_up after update of status on proposals_proposal
  deferrable initially deferred for each row
  when (old.status = 'merged' or new.status = 'merged') execute function rk_joint_adds_up();

-- Overlaps: a pair belongs to one year, keeps its sides, and once judged it is kept ------------
create function rk_overlap_stands() returns trigger language plpgsql as $rk$
begin
  perform rk_year_not_signed(case tg_op when 'DELETE' then old.year_id else new.year_id end);
  if tg_op = 'DELETE' then
    if old.verdict <> 'open' then
      perform rk_stop('overlap_judged_is_kept', 'what a person said of a pair is kept');
    end if;
    return old;
  end if;
  if tg_op = 'UPDATE' and (new.a_id, new.b_id, new.year_id) is distinct from (old.a_id, old.b_id, old.year_id) then
    perform rk_stop('overlap_keeps_its_sides', 'another pair is another row');
  end if;
  if tg_op = 'INSERT' and exists (select from proposals_proposal p
      where p.id in (new.a_id, new.b_id) and p.year_id <> new.year_id) then
    perform rk_stop('overlap_of_one_year', 'both proposals belong to the year of the pair');
  end if;
  return new;
end $rk$;
create trigger rk_overlap_stands before insert or update or delete on proposals_overlappair
  for each row execute function rk_overlap_stands();

-- Ceilings: requests of the province's purses never pass them without a written reason --------
create function rk_agreed_from(the_year bigint, source bigint, the_sector bigint,
  without_proposal bigint, without_joint bigint) returns numeric language sql stable as $rk$
  select coalesce((
    select sum(p.agreed_rp) from proposals_proposal p
    where p.year_id = the_year and p.status = 'agreed' and p.request_to <> 'own'
      and p.funding_source_id = source and (the_sector is null or p.sector_id = the_sector)
      and p.id is distinct from without_proposal), 0)
  + coalesce((
    select sum(s.amount_rp) from proposals_share s
    join proposals_jointprogramme j on j.id = s.joint_id
    join proposals_proposal p on p.id = s.proposal_id
    where j.year_id = the_year and j.state = 'agreed' and s.funding_source_id = source
      and (the_sector is null or p.sector_id = the_sector)
      and j.id is distinct from without_joint), 0);
$rk$;

create function rk_is_purse_of_year(the_year bigint, the_region bigint) returns boolean
  language sql stable as $rk$
  select exists (select from proposals_planningyear y
    join proposals_office o on o.id = y.office_id
    where y.id = the_year and o.region_id = the_region);
$rk$;

-- Asked twice: when deciding, and when the result takes effect; what was decided meanwhile counts.
create function rk_stop_above_ceiling(the_year bigint, the_proposal bigint, the_joint bigint,
  agreed numeric, override_reason text) returns void language plpgsql as $rk$
declare
  claim numeric;
  ceiling record;
begin
  for ceiling in
    select c.id, c.amount_rp, c.sector_id, c.funding_source_id from proposals_ceiling c
    join proposals_planningyear y on y.id = c.year_id
    join proposals_office o on o.id = y.office_id and o.region_id = c.region_id
    where c.year_id = the_year and c.funding_source_id in (
      select p.funding_source_id from proposals_proposal p
      where p.id = the_proposal and p.request_to <> 'own'
      union select s.funding_source_id from proposals_share s where s.joint_id = the_joint)
    order by c.id for update of c
  loop
    select coalesce(sum(amount), 0) into claim from (
      select agreed as amount from proposals_proposal p where p.id = the_proposal
        and (ceiling.sector_id is null or p.sector_id = ceiling.sector_id)
      union all
      select s.amount_rp from proposals_share s join proposals_proposal p on p.id = s.proposal_id
      where s.joint_id = the_joint and s.funding_source_id = ceiling.funding_source_id
        and (ceiling.sector_id is null or p.sector_id = ceiling.sector_id)) claims;
    if claim > 0 and override_reason !~ '\S'
       and claim + rk_agreed_from(the_year, ceiling.funding_source_id, ceiling.sector_id,
         the_proposal, the_joint) > ceiling.amount_rp then
      perform rk_stop('decision_within_ceiling', format('ceiling %s of %s passed', ceiling.id, ceiling.amount_rp));
    end if;
  end loop;
end $rk$;

create function rk_within_ceiling() returns trigger language plpgsql as $rk$
declare
  the_year bigint;
begin
  if (select role from proposals_user where id = new.decided_by_id)
     not in ('province_head', 'coordinator') then
    perform rk_stop('decision_by_a_decider', 'the provincial head or the coordinator decides');
  end if;
  select coalesce(p.year_id, j.year_id) into the_year from (select 1) one
  left join proposals_proposal p on p.id = new.proposal_id
  left join proposals_jointprogramme j on j.id = new.joint_id;
  perform rk_year_not_signed(the_year);
  if new.result in ('agreed', 'agreed_changed') then
    perform rk_stop_above_ceiling(the_year, new.proposal_id, new.joint_id, new.agreed_rp, new.override_reason);
  end if;
  return new;
end $rk$;
create trigger rk_within_ceiling before insert on proposals_decision
  for each row execute function rk_within_ceiling();

-- A ceiling of the province's purse never sinks below what is agreed without a written reason of its
-- own; with something agreed under it, it is neither removed nor put elsewhere. The purse of a regency
-- only warns.
create function rk_ceiling_holds() returns trigger language plpgsql as $rk$
declare
  agreed numeric;
begin
  if tg_op <> 'INSERT' and rk_is_purse_of_year(old.year_id, old.region_id)
     and rk_agreed_from(old.year_id, old.funding_source_id, old.sector_id, null, null) > 0
     and (tg_op = 'DELETE' or (new.year_id, new.region_id, new.funding_source_id, new.sector_id)
       is distinct from (old.year_id, old.region_id, old.funding_source_id, old.sector_id)) then
    perform rk_stop('ceiling_with_agreed_stays', format('something is agreed under ceiling %s', old.id));
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  agreed := rk_agreed_from(new.year_id, new.funding_source_id, new.sector_id, null, null);
  if agreed > 0 and new.amount_rp < agreed and rk_is_purse_of_year(new.year_id, new.region_id)
     and (case when tg_op = 'INSERT' then new.override_reason !~ '\S'
       when new.override_reason ~ '\S' then new.amount_rp < old.amount_rp
         and new.override_reason = old.override_reason
       else new.amount_rp < old.amount_rp or old.override_reason ~ '\S' end) then
    perform rk_stop('ceiling_below_agreed_has_reason', format('%s is agreed under it already', agreed));
  end if;
  return new;
end $rk$;
create trigger rk_ceiling_holds before insert or update or delete on proposals_ceiling
  for each row execute function rk_ceiling_holds();

-- The last decision is what stands on the row it decides (at the commit) ------------------------
create function rk_decision_is_followed() returns trigger language plpgsql as $rk$
declare
  stands text;
begin
  if new.result = 'reopened' or exists (
    select from proposals_decision d where d.id > new.id
      and (d.proposal_id = new.proposal_id or d.joint_id = new.joint_id)) then
    return null;
  end if;
  select p.status into stands from proposals_proposal p where p.id = new.proposal_id;
  if new.joint_id is not null then
    select j.state into stands from proposals_jointprogramme j where j.id = new.joint_id;
  end if;
  if stands <> (case new.result when 'agreed_changed' then 'agreed' else new.result end) then
    perform rk_stop('decision_is_followed', format('decided %s, but it stands as %s', new.result, stands));
  end if;
  return null;
end $rk$;
create constraint trigger rk_decision_is_followed after insert on proposals_decision
  deferrable initially deferred for each row execute function rk_decision_is_followed();

-- An uploaded workbook: its own office's, the same file for good, read before it is applied ------
create function rk_workbook_moves() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then
      perform rk_stop('workbook_born_waiting', 'a workbook is read before anything else');
    end if;
    if new.office_id is distinct from (select office_id from proposals_user where id = new.by_id) then
      perform rk_stop('workbook_of_the_own_office', 'a workbook belongs to the office of its sender');
    end if;
    return new;
  end if;
  if (new.year_id, new.office_id, new.by_id, new.file, new.sha256)
     is distinct from (old.year_id, old.office_id, old.by_id, old.file, old.sha256) then
    perform rk_stop('workbook_stays_the_same_file', 'an uploaded workbook keeps its file and sender');
  end if;
  if old.state = 'applied' or (new.state is distinct from old.state
     and (old.state, new.state) not in (
       ('waiting', 'reading'), ('waiting', 'failed'), ('reading', 'waiting'), ('reading', 'ready'),
       ('reading', 'failed'), ('ready', 'applying'), ('applying', 'ready'), ('applying', 'applied'))) then
    perform rk_stop('workbook_state_moves', format('no way from %s to %s', old.state, new.state));
  end if;
  return new;
end $rk$;
create trigger rk_workbook_moves before insert or update on proposals_workbookupload
  for each row execute function rk_workbook_moves();

-- Letters: one way for each, written once, and never lost ---------------------------------------
create function rk_letter_moves() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'DELETE' then
    perform rk_stop('letter_is_kept', 'a letter is kept');
  end if;
  if tg_op = 'INSERT' then
    if new.state not in ('waiting', 'held') or new.attempts <> 0 then
      perform rk_stop('letter_born_waiting', 'a letter begins by waiting');
    end if;
    if exists (select from proposals_letter l where l.id = new.again_of_id
               and (l.recipient_id <> new.recipient_id or l.again_of_id is not null)) then
      perform rk_stop('letter_repeats_its_first', 'a repeated letter goes to the reader of the first');
    end if;
    return new;
  end if;
  if (new.recipient_id, new.address, new.subject, new.is_digest, new.message_id, new.again_of_id)
     is distinct from
     (old.recipient_id, old.address, old.subject, old.is_digest, old.message_id, old.again_of_id)
     or (old.text <> '' and new.text <> old.text) or (old.html <> '' and new.html <> old.html) then
    perform rk_stop('letter_stays_as_written', 'a letter stays as it was written');
  end if;
  if new.state is distinct from old.state and (old.state, new.state) not in (
       ('waiting', 'sending'), ('waiting', 'held'), ('sending', 'waiting'), ('sending', 'sent'),
       ('sending', 'failed'), ('sending', 'uncertain')) then
    perform rk_stop('letter_state_moves', format('no way from %s to %s', old.state, new.state));
  end if;
  if new.attempts <> old.attempts + (case when old.state = 'waiting' and new.state = 'sending'
                                     then 1 else 0 end) then
    perform rk_stop('letter_counts_its_attempts', 'an attempt is counted when it begins');
  end if;
  return new;
end $rk$;
create trigger rk_letter_moves before insert or update or delete on proposals_letter
  for each row execute function rk_letter_moves();

-- Notices: told once, read once, carried by a letter to the same person -------------------------
create function rk_notice_stays() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'DELETE' then
    perform rk_stop('notice_stays', 'a notice is kept');
  end if;
  if tg_op = 'UPDATE' and (
       to_jsonb(new) - array['read_at', 'letter_id'] <> to_jsonb(old) - array['read_at', 'letter_id']
       or (old.read_at is not null and new.read_at is distinct from old.read_at)
       or (old.letter_id is not null and new.letter_id is distinct from old.letter_id)) then
    perform rk_stop('notice_stays', 'a notice is read and carried once, and never changed');
  end if;
  if new.letter_id is not null and new.recipient_id is distinct from
     (select l.recipient_id from proposals_letter l where l.id = new.letter_id) then
    perform rk_stop('notice_carried_to_its_reader', 'a letter carries the notices of its reader');
  end if;
  return new;
end $rk$;
create trigger rk_notice_stays before insert or update or delete on proposals_notice
  for each row execute function rk_notice_stays();
