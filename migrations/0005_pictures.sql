-- Pictures that people send: each belongs to a job, or waits a while for the words that say what it is for.

create table pictures (
  id           bigint generated always as identity primary key,
  job_id       uuid references jobs (id) on delete cascade,
  -- The person and the chat, whose next prompt a picture without words is for.
  sender       text not null,
  -- The messenger's name for the file; the worker fetches it.
  file_id      text not null,
  received_at  timestamptz not null default now()
);

create index pictures_job on pictures (job_id) where job_id is not null;
create index pictures_waiting on pictures (sender, received_at) where job_id is null;

-- What the operators were warned of, and when: at most one warning per cause and hour.
create table alerts (
  cause      text primary key,
  raised_at  timestamptz not null default now()
);

-- A message of the operator's to everybody, sent in slices: who has it already is who comes before `last_chat_id`.
create table broadcasts (
  id               bigint generated always as identity primary key,
  -- The command it came with, which may be carried out twice.
  notification_id  bigint not null unique,
  chat_id          bigint not null references chats (id),
  body             text not null,
  confirmed_at     timestamptz,
  next_at          timestamptz not null default now(),
  last_chat_id     bigint not null default 0,
  recipients       integer not null default 0,
  finished_at      timestamptz,
  created_at       timestamptz not null default now()
);

create index broadcasts_open on broadcasts (next_at) where confirmed_at is not null and finished_at is null;
