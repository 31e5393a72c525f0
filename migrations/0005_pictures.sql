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
