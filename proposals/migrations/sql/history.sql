-- History is append-only, for everyone, and chained by hash per object.
create function rk_refuse() returns trigger language plpgsql as $rk$
begin
  if tg_op = 'TRUNCATE' and current_database() like 'test\_%'
     and current_setting('rakortek.may_flush', true) = 'on' then
    return null;  -- a test database is emptied between tests
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
    using errcode = 'insufficient_privilege';
end $rk$;

-- The history package asks for its setting so that an error is raised and caught for every row; asked
-- with "missing is fine" the same answer costs a fiftieth.
create or replace function _pgtrigger_should_ignore(trigger_name name) returns boolean
language sql stable as $rk$
  select coalesce(
    trigger_name = any (nullif(current_setting('pgtrigger.ignore', true), '')::text[]), false);
$rk$;

-- One function for each event table, so that the plan of its one query is kept.
create function rk_make_chain(event_table text) returns void language plpgsql as $make$
begin
  execute format($q$
    create function %1$I() returns trigger language plpgsql set timezone = 'UTC' as $rk$
    begin
      select e.pgh_hash into new.pgh_prev from %2$I e
      where e.pgh_obj_id = new.pgh_obj_id order by e.pgh_id desc limit 1;
      new.pgh_hash := sha256(
        coalesce(new.pgh_prev, ''::bytea)
        || convert_to((to_jsonb(new) - 'pgh_hash')::text, 'UTF8')
      );
      return new;
    end $rk$$q$, 'rk_chain_' || substr(event_table, 11), event_table);
  execute format('create trigger rk_chain before insert on %I for each row execute function %I()',
    event_table, 'rk_chain_' || substr(event_table, 11));
end $make$;

-- Every broken link or changed row of one event table; no row means the chain holds.
create function rk_broken_links(event_table regclass)
returns table (event_id bigint, object_id bigint) language plpgsql set timezone = 'UTC' as $rk$
begin
  return query execute format($q$
    select pgh_id::bigint, pgh_obj_id::bigint from (
      select e.pgh_id, e.pgh_obj_id, e.pgh_hash, e.pgh_prev,
        lag(e.pgh_hash) over (partition by e.pgh_obj_id order by e.pgh_id) as before,
        sha256(coalesce(e.pgh_prev, ''::bytea)
          || convert_to((to_jsonb(e) - 'pgh_hash')::text, 'UTF8')) as fresh
      from %s e
    ) links
    where pgh_hash is distinct from fresh or pgh_prev is distinct from before
    order by pgh_id$q$, event_table);
end $rk$;

do $rk$
declare
  event_table text;
begin
  for event_table in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relname like 'proposals\_%event' and a.attname = 'pgh_obj_id'
      and c.relnamespace = current_schema()::regnamespace
    order by c.relname
  loop
    execute format('alter table %I add column pgh_prev bytea, add column pgh_hash bytea not null', event_table);
    execute format('create index %I on %I (pgh_obj_id, pgh_id desc)', event_table || '_chain', event_table);
    perform rk_make_chain(event_table);
    execute format('create trigger rk_refuse_row before update or delete on %I for each row execute function rk_refuse()', event_table);
    execute format('create trigger rk_refuse_all before truncate on %I for each statement execute function rk_refuse()', event_table);
    execute format('alter table %I enable always trigger rk_chain', event_table);
    execute format('alter table %I enable always trigger rk_refuse_row', event_table);
    execute format('alter table %I enable always trigger rk_refuse_all', event_table);
  end loop;
  foreach event_table in array array['proposals_decision', 'proposals_version', 'proposals_comment'] loop
    execute format('create trigger rk_refuse_row before update or delete on %I for each row execute function rk_refuse()', event_table);
    execute format('create trigger rk_refuse_all before truncate on %I for each statement execute function rk_refuse()', event_table);
    execute format('alter table %I enable always trigger rk_refuse_row', event_table);
    execute format('alter table %I enable always trigger rk_refuse_all', event_table);
  end loop;
end $rk$;
