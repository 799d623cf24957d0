-- Equality on text inside an exclusion constraint. A trusted extension: the owner of the database may install it.
create extension if not exists btree_gist;

create table appointments.appointments (
  id uuid primary key,
  patient_id uuid not null,
  clinician_id text not null check (char_length(clinician_id) between 1 and 64),
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  reason text check (char_length(reason) between 1 and 500),
  status text not null default 'booked' check (status in ('booked', 'cancelled')),
  version integer not null default 1,
  created_at timestamptz(3) not null default clock_timestamp(),
  updated_at timestamptz(3) not null default clock_timestamp(),
  check (ends_at > starts_at),
  -- Two bookings of one clinician never overlap, however many requests race: the database refuses the second.
  constraint one_booking_at_a_time exclude using gist (
    clinician_id with =,
    tstzrange(starts_at, ends_at) with &&
  ) where (status = 'booked')
);

create index appointments_in_order on appointments.appointments (starts_at, id);
create index appointments_of_patient on appointments.appointments (patient_id, starts_at, id);
create index appointments_of_clinician on appointments.appointments (clinician_id, starts_at, id);
