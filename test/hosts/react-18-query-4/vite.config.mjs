/** The page asks its own server, which has the key. */
export default {
  server: { proxy: { '/api': process.env.SERVER_URL ?? 'http://127.0.0.1:3000' } },
};
