-- What operating the pipeline needs: traces that outlive a process, and indexes for the operator's questions.

-- W3C trace context of whoever recorded the job. Attempts and messages belong to the same trace, hours later too.
alter table jobs add column traceparent text;

-- The jobs an operator looks for, and those that pruning and the metrics look at.
create index jobs_failed on jobs (created_at desc, id desc) where status = 'failed';
create index jobs_finished on jobs (finished_at) where finished_at is not null;
create index notifications_finished on notifications (finished_at) where finished_at is not null;

-- Work that one process does for all, now and then: whoever moves `due_at` on has it to do.
create table schedules (
  name    text primary key,
  due_at  timestamptz not null
);
