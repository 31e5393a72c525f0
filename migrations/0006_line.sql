-- Plans that do not depend on statistics. When they are taken while nothing waits, which is most of the time, the planner
-- expects no waiting job ever, takes whichever index of open jobs is the smallest, and reads all of it for each row.
--
-- `waiting` has no statistics, so the planner expects half of all jobs to wait: what goes by the order of an index, with a
-- limit, does so. Whoever needs all open jobs asks for those without an end. Each index has a condition that nothing else implies.

alter table jobs add column waiting boolean not null generated always as (status = 'queued') stored;
alter table jobs alter column waiting set statistics 0;

drop index jobs_turn;
drop index jobs_tenant_turn;
drop index jobs_dispatch;
drop index jobs_tenant;
-- A site has few jobs: `jobs_site` finds the open ones among them.
drop index jobs_site_open;

create index jobs_line on jobs (priority desc, turn, id) where waiting;
create index jobs_tenant_line on jobs (tenant, turn desc) where waiting;
create index jobs_dispatch on jobs (dispatch_after) where waiting;
create index jobs_open on jobs (tenant, created_at) where finished_at is null;
