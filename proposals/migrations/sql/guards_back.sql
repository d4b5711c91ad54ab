drop trigger rk_letter_moves on proposals_letter;
drop trigger rk_notice_stays on proposals_notice;
drop trigger rk_user_office on proposals_user;
drop trigger rk_office_stays on proposals_office;
drop trigger rk_year_state on proposals_planningyear;
drop trigger rk_flag_limit on proposals_priorityflag;
drop trigger rk_scale_moves on proposals_scaleversion;
drop trigger rk_scale_is_open on proposals_scaleweight;
drop trigger rk_scale_is_open on proposals_scalescore;
drop trigger rk_proposal_born on proposals_proposal;
drop trigger rk_proposal_moves on proposals_proposal;
drop trigger rk_proposal_stays on proposals_proposal;
drop trigger rk_proposal_content on proposals_proposal;
drop trigger rk_lines_add_up on proposals_budgetline;
drop trigger rk_lines_add_up on proposals_proposal;
drop trigger rk_return_point_stays on proposals_returnpoint;
drop trigger rk_office_note_stays on proposals_officenote;
drop trigger rk_office_note_is_own on proposals_officenote;
drop trigger rk_joint_moves on proposals_jointprogramme;
drop trigger rk_joint_stays on proposals_jointprogramme;
drop trigger rk_share_is_open on proposals_share;
drop trigger rk_overlap_stands on proposals_overlappair;
drop trigger rk_joint_adds_up on proposals_share;
drop trigger rk_joint_adds_up on proposals_jointprogramme;
drop trigger rk_joint_adds_up on proposals_proposal;
drop trigger rk_within_ceiling on proposals_decision;
drop trigger rk_ceiling_holds on proposals_ceiling;
drop trigger rk_decision_is_followed on proposals_decision;
drop trigger rk_workbook_moves on proposals_workbookupload;
do $rk$
declare
  taking text;
begin
  for taking in select tgrelid::regclass::text from pg_trigger where tgname = 'rk_not_retired' loop
    execute format('drop trigger rk_not_retired on %I', taking);
    execute format('drop function %I()', 'rk_not_retired_' || substr(taking, 11));
  end loop;
end $rk$;
do $rk$
declare
  part text;
begin
  foreach part in array array['output', 'budgetline', 'cofunding', 'financingneed', 'location',
                              'commodityuse', 'attachment', 'promisedpaper'] loop
    execute format('drop trigger rk_part_is_open on %I', 'proposals_' || part);
  end loop;
end $rk$;
drop function rk_workbook_moves();
drop function rk_letter_moves();
drop function rk_notice_stays();
drop function rk_decision_is_followed();
drop function rk_ceiling_holds();
drop function rk_is_purse_of_year(bigint, bigint);
drop function rk_within_ceiling();
drop function rk_stop_above_ceiling(bigint, bigint, bigint, numeric, text);
drop function rk_agreed_from(bigint, bigint, bigint, bigint, bigint);
drop function rk_overlap_stands();
drop function rk_joint_adds_up();
drop function rk_share_is_open();
drop function rk_joint_stays();
drop function rk_joint_moves();
drop function rk_joint_consent_missing(bigint);
drop function rk_return_point_stays();
drop function rk_office_note_stays();
drop function rk_office_note_is_own();
drop function rk_lines_add_up();
drop function rk_part_is_open();
drop function rk_proposal_content();
drop function rk_is_open(bigint, text, text[]);
drop function rk_proposal_stays();
drop function rk_proposal_moves();
drop function rk_proposal_arrives(proposals_proposal, text, timestamptz);
drop function rk_last_decision(bigint);
drop function rk_proposal_born();
drop function rk_year_not_signed(bigint);
drop function rk_scale_is_open();
drop function rk_scale_moves();
drop function rk_flag_limit();
drop function rk_year_state();
drop function rk_office_stays();
drop function rk_user_office();
drop function rk_stop(text, text);
drop function rk_proposal_may_move(text, text);
drop function rk_joint_may_move(text, text);
drop function rk_fields_opening(text);
