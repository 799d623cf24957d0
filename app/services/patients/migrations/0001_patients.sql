-- Milliseconds are what JavaScript dates and the cursors hold: a finer column would make rows that no cursor can name.
create table patients.patients (
  id uuid primary key,
  given_name text not null check (char_length(given_name) between 1 and 100),
  family_name text not null check (char_length(family_name) between 1 and 100),
  birth_date date not null,
  email text check (char_length(email) <= 254),
  phone text check (char_length(phone) <= 16),
  version integer not null default 1,
  created_at timestamptz(3) not null default clock_timestamp(),
  updated_at timestamptz(3) not null default clock_timestamp()
);

create index patients_in_order on patients.patients (created_at, id);
