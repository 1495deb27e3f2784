/** Signs in to the server under test, after creating the account if need be. @returns The access token. */
export async function signUp(port: number): Promise<string> {
  const account = {
    name: 'Bench',
    email: 'bench@example.com',
    password: 'a bench password',
    confirm_password: 'a bench password',
  };
  const post = async (path: string) =>
    (
      await fetch(`http://127.0.0.1:${port}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(account),
      })
    ).json() as Promise<{ token?: string }>;
  const token = (await post('login')).token ?? (await post('register'), await post('login')).token;
  if (!token) throw new Error('Could not sign in to the server under test');
  return token;
}
