do $rk$
declare
  event_table text;
begin
  for event_table in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relname like 'proposals\_%event' and a.attname = 'pgh_hash'
      and c.relnamespace = current_schema()::regnamespace
  loop
    execute format('drop trigger rk_chain on %I', event_table);
    execute format('drop function %I()', 'rk_chain_' || substr(event_table, 11));
    execute format('drop trigger rk_refuse_row on %I', event_table);
    execute format('drop trigger rk_refuse_all on %I', event_table);
    execute format('alter table %I drop column pgh_prev, drop column pgh_hash', event_table);
    execute format('drop index if exists %I', event_table || '_chain');
  end loop;
  foreach event_table in array array['proposals_decision', 'proposals_version', 'proposals_comment'] loop
    execute format('drop trigger rk_refuse_row on %I', event_table);
    execute format('drop trigger rk_refuse_all on %I', event_table);
  end loop;
end $rk$;
drop function rk_broken_links(regclass);
drop function rk_make_chain(text);
drop function rk_refuse();
