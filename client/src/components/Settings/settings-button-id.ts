/** The focus goes back to this button when the settings are closed. */
export const SETTINGS_BUTTON_ID = 'settings-button';
