import { failed, ok, type Check } from '../check.ts';
import { codeOf, withDeadline } from '../probes/deadline.ts';
import { hostOf, portOf } from '../probes/tunnel.ts';
import { firstHop } from './dns.ts';

/** Can a connection be made, or is a firewall in the way? */
export const checkTcp: Check = {
  id: 'tcp',
  title: 'Connection and firewall (TCP)',
  needs: ['dns'],
  async run(context) {
    const hop = firstHop(context);
    const [host, port] = [hostOf(hop), portOf(hop)];
    const startedAt = context.now();
    try {
      const socket = await context.probes.connect(host, port, withDeadline(context.signal));
      socket.destroy();
      return ok(`Connected to ${host}, port ${port}, in ${context.now() - startedAt} ms.`);
    } catch (error) {
      return failed(
        'connection_failed',
        `Connecting to ${host}, port ${port}, failed: ${codeOf(error)}.`,
      );
    }
  },
};
