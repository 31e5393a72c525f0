-- The tables of the pipeline. The job row is the truth and the outbox; a queue message is a pointer to it.

create table chats (
  id              bigint primary key,
  type            text not null,
  language        text,
  unreachable_at  timestamptz,
  created_at      timestamptz not null default now()
);

create table sites (
  id                text primary key check (id ~ '^[a-z2-7]{26}$'),
  tenant            text not null,
  title             text,
  current_revision  integer,
  -- Counts revisions given to jobs, published or not, so that no number is used twice.
  last_revision     integer not null default 0,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);

create table jobs (
  id                   uuid primary key,
  site_id              text not null references sites (id),
  -- Whose turn it is and whose limit is charged: 'telegram:<user id>', 'api', 'terminal'.
  tenant               text not null,
  idempotency_key      text,
  prompt               text not null,
  provider             text,
  model                text,

  status               text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  stage                text check (stage in ('writing', 'checking', 'publishing')),
  priority             integer not null default 0,
  -- Place in the order of fairness: see src/jobs/turn.ts.
  turn                 bigint not null default 0,
  available_at         timestamptz not null default now(),

  -- When the dispatcher publishes the pointer (again), and how often it did. A new job is published by whoever
  -- records it; the dispatcher steps in when that did not happen.
  dispatch_after       timestamptz not null default now() + interval '1 second',
  dispatches           integer not null default 0,

  -- Attempts spent. A snooze or a drain gives its attempt back; `claims` only ever grows.
  attempt              integer not null default 0,
  claims               integer not null default 0,
  crashes              integer not null default 0,
  snoozes              integer not null default 0,

  -- Advisory lock key of the worker process that holds the lease, and the fencing token of this claim.
  lease_owner          bigint,
  lease_token          uuid,
  lease_expires_at     timestamptz,
  cancel_requested_at  timestamptz,

  revision             integer,
  title                text,
  error_code           text,
  error_message        text,
  input_tokens         integer not null default 0,
  output_tokens        integer not null default 0,

  chat_id              bigint references chats (id),
  message_id           bigint,
  thread_id            bigint,
  language             text,

  -- While the chat client may still send the rest of a long message it split: when it sent the last part, and what
  -- goes between that part and the next.
  part_sent_at         timestamptz,
  part_glue            text,

  created_at           timestamptz not null default now(),
  started_at           timestamptz,
  finished_at          timestamptz,

  check (status <> 'running' or (lease_token is not null and lease_expires_at is not null)),
  check ((finished_at is not null) = (status in ('completed', 'failed', 'cancelled')))
);

create unique index jobs_idempotency_key on jobs (tenant, idempotency_key) where idempotency_key is not null;
create index jobs_turn on jobs (priority desc, turn, id) where status = 'queued';
create index jobs_tenant_turn on jobs (tenant, turn desc) where status = 'queued';
create index jobs_dispatch on jobs (dispatch_after) where status = 'queued';
create index jobs_lease on jobs (lease_expires_at) where status = 'running';
create index jobs_tenant on jobs (tenant, created_at) where status in ('queued', 'running');
create index jobs_site on jobs (site_id, created_at);
create index jobs_created on jobs (created_at desc, id);

create table job_attempts (
  job_id         uuid not null references jobs (id) on delete cascade,
  number         integer not null,
  worker         text not null,
  status         text not null default 'running'
                 check (status in ('running', 'completed', 'retried', 'snoozed', 'failed', 'cancelled', 'released', 'abandoned')),
  provider       text,
  model          text,
  finish         text,
  error_code     text,
  error_message  text,
  input_tokens   integer not null default 0,
  output_tokens  integer not null default 0,
  started_at     timestamptz not null default now(),
  finished_at    timestamptz,
  duration_ms    integer,
  primary key (job_id, number)
);

-- A provider that asked us to wait is left alone by every worker.
create table provider_pauses (
  provider      text primary key,
  paused_until  timestamptz not null
);

create table telegram_updates (
  update_id    bigint not null unique,
  kind         text not null,
  -- Chat and media group: an album is several updates.
  album        text,
  job_id       uuid references jobs (id),
  received_at  timestamptz not null default now()
);

create index telegram_updates_received on telegram_updates (received_at);
create index telegram_updates_album on telegram_updates (album) where album is not null;

create table notifications (
  id                   bigint generated always as identity primary key,
  chat_id              bigint not null references chats (id),
  thread_id            bigint,
  reply_to_message_id  bigint,
  job_id               uuid references jobs (id),
  kind                 text not null,
  payload              jsonb not null default '{}',
  status               text not null default 'pending' check (status in ('pending', 'sent', 'undeliverable')),
  attempt              integer not null default 0,
  available_at         timestamptz not null default now(),
  lease_token          uuid,
  lease_expires_at     timestamptz,
  message_id           bigint,
  error                text,
  created_at           timestamptz not null default now(),
  finished_at          timestamptz
);

-- A job says each thing once: two 'completed' messages cannot be recorded.
create unique index notifications_job_kind on notifications (job_id, kind) where job_id is not null;
create index notifications_pending on notifications (chat_id, id) where status = 'pending';
