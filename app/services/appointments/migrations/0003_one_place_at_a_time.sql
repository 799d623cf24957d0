-- Nor do two bookings of one patient overlap: nobody sits with two clinicians at a time. Where some already do, this fails and names a
-- pair: one of the two has to be cancelled, which only the clinic can decide. All of them:
--   select a.id, b.id from appointments.appointments a join appointments.appointments b on a.patient_id = b.patient_id and a.id < b.id
--   where a.status = 'booked' and b.status = 'booked' and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at);
alter table appointments.appointments add constraint one_place_at_a_time exclude using gist (
  patient_id with =,
  tstzrange(starts_at, ends_at) with &&
) where (status = 'booked');
