-- First answers by caller and key, so that a repeated request gets the same one. Written in the transaction they answer for.
create table appointments.idempotency_keys (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  reply text,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);

create index idempotency_keys_by_age on appointments.idempotency_keys (created_at);
