-- Edits and replays: jobs that make a further revision of a site that exists. What attempts repaired and cost.

alter table jobs
  add column kind text not null default 'new' check (kind in ('new', 'edit', 'replay')),
  -- The job whose reply a replay reads again.
  add column replay_of uuid references jobs (id) on delete set null,
  -- The revision that this one was made from, or took the place of: what an undo brings back. Known from the claim on.
  add column base_revision integer,
  -- What changed, for the person who asked.
  add column summary text,
  -- Of all attempts whose model has a price.
  add column cost_usd double precision;

-- One site's jobs are done one after the other, in the order they came in.
create index jobs_site_open on jobs (site_id, created_at, id) where status in ('queued', 'running');
create unique index jobs_site_running on jobs (site_id) where status = 'running';

alter table job_attempts
  -- What it took to get a page out of the reply: a list of words.
  add column repairs jsonb not null default '[]',
  add column prompt_version integer,
  add column cost_usd double precision;

-- What a model wrote, word for word, so that the page can be made again without asking.
create table replies (
  job_id      uuid primary key references jobs (id) on delete cascade,
  content     bytea not null, -- zstd
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null
);

create index replies_expires on replies (expires_at);
