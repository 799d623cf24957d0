// What the engine's launcher requires. It is JavaScript because the launcher puts ts-node in front of every required .ts
// file and would type-check the pack on each preview; a module that is imported from here goes through Node's own type stripping.
import "./index.ts";
