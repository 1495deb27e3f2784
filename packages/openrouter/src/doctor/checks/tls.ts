import type { Socket } from 'node:net';
import { failed, ok, type Check } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { codeOf, withDeadline } from '../probes/deadline.ts';
import { hostOf, openTunnel, portOf } from '../probes/tunnel.ts';

/** Can the other side prove who it is? */
export const checkTls: Check = {
  id: 'tls',
  title: 'Secure connection (TLS)',
  needs: ['dns', 'tcp', 'proxy'],
  async run(context) {
    const { baseUrl, probes } = context;
    if (baseUrl.protocol !== 'https:')
      return ok('The address starts with http://, so there is none.');
    const signal = withDeadline(context.signal);
    const host = hostOf(baseUrl);
    let socket: Socket | undefined;
    try {
      socket = await openSocket(context, signal);
      const {
        socket: secure,
        protocol,
        issuer,
        validTo,
      } = await probes.handshake(socket, host, signal);
      secure.destroy();
      return ok(`${protocol}; the certificate is by ${issuer}, valid until ${validTo}.`);
    } catch (error) {
      return failed('tls_failed', `The handshake with ${host} failed: ${codeOf(error)}.`);
    } finally {
      socket?.destroy();
    }
  },
};

function openSocket(
  { proxy, baseUrl, probes }: DoctorContext,
  signal: AbortSignal,
): Promise<Socket> {
  const [host, port] = [hostOf(baseUrl), portOf(baseUrl)];
  return proxy
    ? openTunnel(probes, proxy, `${host}:${port}`, signal)
    : probes.connect(host, port, signal);
}
