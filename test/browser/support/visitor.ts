import type { Page } from 'playwright-core';

/** Who visits. */
export const account = {
  name: 'Ada',
  email: 'ada@example.com',
  password: 'correct horse battery staple',
};

/** Fills in the form of the first visit. */
export async function createFirstAccount(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Name' }).fill(account.name);
  await page.getByRole('textbox', { name: 'Email' }).fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Chat', exact: true }).waitFor({ state: 'attached' });
}

/** Opens the picker, searches, and takes the first model found. */
export async function chooseModel(page: Page, query: string): Promise<void> {
  await page.getByRole('button', { name: /^Model:/ }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill(query);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Sends a question with the Enter key, and does not wait for the answer. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(question);
  await page.keyboard.press('Enter');
}

/** Waits until nothing more arrives. */
export async function answerEnded(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send' }).waitFor();
}
