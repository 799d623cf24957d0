grant select, insert, update on appointments.appointments to :role;
grant select, insert, update, delete on appointments.idempotency_keys to :role;
