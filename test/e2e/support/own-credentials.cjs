// Loaded into a process before everything else (NODE_OPTIONS): a service goes to NATS under its own name, as in production,
// where each has an address of its own. `npm run up` has one NATS_URL for all; in it, {service} stands for the name.
const service = (process.env.SERVICE_INSTANCE ?? '').replace(/-\d+$/, '');
if (service !== '' && process.env.NATS_URL) {
  process.env.NATS_URL = process.env.NATS_URL.replaceAll('{service}', service);
}
