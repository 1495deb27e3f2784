import { failed, ok, type Check } from '../check.ts';
import { codeOf, withDeadline } from '../probes/deadline.ts';
import { hostOf, openTunnel, portOf, TunnelError } from '../probes/tunnel.ts';

/** Does the HTTP proxy, if there is one, open the way? */
export const checkProxy: Check = {
  id: 'proxy',
  title: 'HTTP proxy',
  needs: ['dns', 'tcp'],
  async run({ proxy, baseUrl, probes, signal }) {
    if (!proxy) return ok('No proxy is set; requests go directly.');
    const target = `${hostOf(baseUrl)}:${portOf(baseUrl)}`;
    try {
      const socket = await openTunnel(probes, proxy, target, withDeadline(signal));
      socket.destroy();
      return ok(`${proxy.host} opened the way to ${target}.`);
    } catch (error) {
      const isRefusal = error instanceof TunnelError;
      const evidence = `Asking ${proxy.host} for ${target} failed: ${isRefusal ? error.message : codeOf(error)}.`;
      if (!isRefusal || error.status !== 407) return failed('proxy_failed', evidence);
      return failed('proxy_failed', evidence, 'It wants a user and a password, or other ones.');
    }
  },
};
