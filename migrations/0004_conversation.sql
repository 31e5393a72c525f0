-- What a conversation needs beyond single messages: a language of one's own choice, messages that follow a job, buttons
-- that must be answered before anything else, sites that go away, and one running job a person.

alter table chats
  -- By /settings; goes before what the messenger tells.
  add column chosen_language text,
  -- Telegram asked us to be quiet in this chat.
  add column quiet_until timestamptz,
  -- Telegram takes few edits a minute: no edit in this chat before then.
  add column next_edit_at timestamptz not null default now();

alter table sites
  -- Asked for by a person or an operator; a worker, which has the files, does it.
  add column removal text check (removal in ('deleted', 'taken_down')),
  add column removal_requested_at timestamptz,
  -- Where to say that it is done.
  add column removal_chat_id bigint references chats (id),
  add column removal_thread_id bigint,
  add column removed_at timestamptz;

create index sites_tenant on sites (tenant, updated_at desc, id) where current_revision is not null and removal is null;
create index sites_removal on sites (removal_requested_at) where removal is not null and removed_at is null;

alter table notifications
  -- Which site the message is about, so that a reply to it is about the same.
  add column site_id text references sites (id),
  -- Sent before and beside the others of its chat: the answer to a button, which expires.
  add column urgent boolean not null default false,
  -- What a message that follows its job says now; null when it follows none, or no longer.
  add column shown text;

create index notifications_message on notifications (chat_id, message_id) where message_id is not null;
create index notifications_following on notifications (job_id) where shown is not null;

create index jobs_completed on jobs (tenant, finished_at) where status = 'completed';

-- A person has one running job. Those of an older version that run beside it go back to the queue; their workers notice.
update jobs set status = 'queued', stage = null, lease_owner = null, lease_token = null, lease_expires_at = null,
  attempt = attempt - 1, dispatch_after = now()
where status = 'running' and stage <> 'publishing' and tenant like 'telegram:%'
  and exists (select from jobs other where other.tenant = jobs.tenant and other.status = 'running' and other.id < jobs.id);
create unique index jobs_one_running on jobs (tenant) where status = 'running' and tenant like 'telegram:%';
