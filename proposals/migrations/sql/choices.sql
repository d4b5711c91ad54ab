alter table proposals_region add constraint region_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_region add constraint region_kind_is_known
  check (kind in ('province', 'regency', 'city'));
alter table proposals_district add constraint district_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_division add constraint division_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_office add constraint office_kind_is_known
  check (kind in ('industry', 'planning', 'other'));
alter table proposals_user add constraint user_language_is_known
  check (language in ('id', 'en'));
alter table proposals_user add constraint user_theme_is_known
  check (theme in ('auto', 'light', 'dark'));
alter table proposals_sector add constraint sector_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_industrycode add constraint industrycode_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_commodity add constraint commodity_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_commodity add constraint commodity_kind_is_known
  check (kind in ('raw_material', 'auxiliary', 'intermediate', 'derived_product'));
alter table proposals_commodity add constraint commodity_balance_status_is_known
  check (balance_status in ('surplus', 'balanced', 'deficit', 'unknown'));
alter table proposals_derivativestage add constraint derivativestage_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_derivativestage add constraint derivativestage_stage_is_known
  check (stage in ('hulu', 'antara', 'hilir'));
alter table proposals_nomenclature add constraint nomenclature_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_nomenclature add constraint nomenclature_level_is_known
  check (level in ('provinsi', 'kabupaten_kota'));
alter table proposals_nomenclature add constraint nomenclature_depth_is_known
  check (depth in ('urusan', 'bidang_urusan', 'program', 'kegiatan', 'sub_kegiatan'));
alter table proposals_fundingsource add constraint fundingsource_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_fundingsource add constraint fundingsource_level_is_known
  check (level in ('kabupaten_kota', 'provinsi', 'pusat', 'desa', 'swasta', 'masyarakat'));
alter table proposals_interventiontype add constraint interventiontype_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_interventiontype add constraint interventiontype_supply_effect_is_known
  check (supply_effect in ('adds_demand', 'adds_supply', 'neutral'));
alter table proposals_officeyear add constraint officeyear_letter_scan_state_is_known
  check (letter_scan_state in ('unscanned', 'pending', 'clean', 'infected'));
alter table proposals_ceiling add constraint ceiling_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_financingscheme add constraint financingscheme_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_readinessdocument add constraint readinessdocument_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_reasoncode add constraint reasoncode_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_reasoncode add constraint reasoncode_reason_for_is_known
  check (reason_for in ('change', 'return', 'refusal', 'redirect', 'defer'));
alter table proposals_reviewcriterion add constraint reviewcriterion_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_priorityflag add constraint priorityflag_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_proposal add constraint proposal_origin_is_known
  check (origin in ('renja', 'musrenbang', 'pokir', 'direction', 'other', ''));
alter table proposals_jointprogramme add constraint jointprogramme_kind_is_known
  check (kind in ('consolidate', 'joint_service', 'duplicate', 'chain'));
alter table proposals_jointoutput add constraint jointoutput_kind_is_known
  check (kind in ('output', 'outcome'));
alter table proposals_share add constraint share_delivery_is_known
  check (delivery in ('activity', 'transfer', 'own_money'));
alter table proposals_decision add constraint decision_result_is_known
  check (result in ('agreed', 'agreed_changed', 'redirected', 'deferred', 'rejected', 'reopened'));
alter table proposals_decision add constraint decision_regency_word_is_known
  check (regency_word in ('not_asked', 'agrees', 'objects'));
alter table proposals_letter add constraint letter_state_is_known
  check (state in ('waiting', 'held', 'sending', 'sent', 'failed', 'uncertain'));
alter table proposals_notice add constraint notice_kind_is_known
  check (kind in ('invited', 'handed', 'given_back', 'sent', 'sent_again', 'returned', 'return_due', 'resumed', 'assigned', 'mentioned', 'consent_asked', 'consent_answer', 'joined', 'decided', 'deadline'));
alter table proposals_notice add constraint notice_way_is_known
  check (way in ('at_once', 'daily', 'in_app'));
alter table proposals_letterchoice add constraint letterchoice_kind_is_known
  check (kind in ('invited', 'handed', 'given_back', 'sent', 'sent_again', 'returned', 'return_due', 'resumed', 'assigned', 'mentioned', 'consent_asked', 'consent_answer', 'joined', 'decided', 'deadline'));
alter table proposals_letterchoice add constraint letterchoice_way_is_known
  check (way in ('at_once', 'daily', 'in_app'));
alter table proposals_overlappair add constraint overlappair_kind_is_known
  check (kind in ('consolidate', 'joint_service', 'duplicate', 'chain'));
alter table proposals_overlappair add constraint overlappair_verdict_is_known
  check (verdict in ('open', 'confirmed', 'dismissed'));
alter table proposals_synonym add constraint synonym_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_synonym add constraint synonym_role_is_known
  check (role in ('thing', 'act', 'people', 'generic'));
alter table proposals_output add constraint output_kind_is_known
  check (kind in ('output', 'outcome'));
alter table proposals_commodityuse add constraint commodityuse_role_is_known
  check (role in ('main', 'raw', 'auxiliary', 'product'));
alter table proposals_commodityuse add constraint commodityuse_origin_is_known
  check (origin in ('own_regency', 'province', 'other_province', 'import', ''));
alter table proposals_attachment add constraint attachment_scan_state_is_known
  check (scan_state in ('unscanned', 'pending', 'clean', 'infected'));
alter table proposals_supplybalance add constraint supplybalance_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_labourpotential add constraint labourpotential_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_scaleweight add constraint scaleweight_criterion_is_known
  check (criterion in ('raw_material', 'auxiliary', 'labour', 'added_value', 'market', 'raw_export', 'spread'));
alter table proposals_scalescore add constraint scalescore_certainty_is_known
  check (certainty in ('certain', 'likely', 'illustrative'));
alter table proposals_scalescore add constraint scalescore_criterion_is_known
  check (criterion in ('raw_material', 'auxiliary', 'labour', 'added_value', 'market', 'raw_export', 'spread'));
alter table proposals_cutscenario add constraint cutscenario_rule_is_known
  check (rule in ('strict', 'greedy'));
alter table proposals_review add constraint review_state_is_known
  check (state in ('draft', 'final'));
alter table proposals_review add constraint review_recommendation_is_known
  check (recommendation in ('agree', 'agree_changed', 'merge', 'redirect', 'defer', 'reject', ''));
