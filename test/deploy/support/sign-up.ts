/** Creates an account at a server. @returns Its access token. */
export async function signUpAt(url: string, email = 'ada@example.com'): Promise<string> {
  const password = 'correct horse battery';
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email, password, confirm_password: password }),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { token: string }).token;
}
