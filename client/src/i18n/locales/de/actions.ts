import type { Dictionary } from '../en/index.ts';

export const actions: Dictionary['actions'] = {
  key_missing:
    'Einen Schlüssel hinterlegen: im eigenen Konto, oder auf dem Server als OPENROUTER_API_KEY.',
  key_malformed:
    'Den Schlüssel korrigieren: Er beginnt mit sk-or- und enthält weder Anführungs- noch Leerzeichen.',
  key_invalid:
    'Unter https://openrouter.ai/settings/keys einen neuen Schlüssel anlegen und ihn hinterlegen.',
  key_disabled:
    'Den Schlüssel unter https://openrouter.ai/settings/keys aktivieren oder einen anderen verwenden.',
  key_limit_exceeded:
    'Das Limit des Schlüssels unter https://openrouter.ai/settings/keys erhöhen oder warten, bis es zurückgesetzt wird.',
  management_key_required:
    'OPENROUTER_MANAGEMENT_KEY auf einen Verwaltungsschlüssel setzen, um das Guthaben des Kontos zu sehen.',
  account_restricted: 'Unter https://openrouter.ai anmelden und den Zustand des Kontos prüfen.',
  insufficient_credits: 'Unter https://openrouter.ai/settings/credits Guthaben aufladen.',
  can_only_afford:
    'max_tokens senken, ein günstigeres Modell wählen oder unter https://openrouter.ai/settings/credits Guthaben aufladen.',
  in_flight_budget: 'Warten, bis laufende Anfragen fertig sind, dann erneut versuchen.',
  negative_balance:
    'Unter https://openrouter.ai/settings/credits Guthaben aufladen; im Minus sind auch kostenlose Modelle gesperrt.',
  guardrail_blocked:
    'Die Nachricht ändern oder beim Inhaber des OpenRouter-Arbeitsbereichs nach den Schutzregeln fragen.',
  moderation_blocked: 'Die Nachricht ändern oder ein Modell ohne Moderation wählen.',
  region_blocked: 'Ein Modell wählen, das in deiner Region angeboten wird.',
  model_not_allowed:
    'Ein Modell aus der Liste wählen oder die Administration um Freigabe dieses Modells bitten.',
  invalid_model_id: 'Ein Modell aus der Liste wählen.',
  model_unavailable: 'Ein anderes Modell wählen: Dieses wird nicht mehr angeboten.',
  no_endpoints: 'Ein anderes Modell wählen oder die Anbieter-Vorgaben lockern.',
  data_policy:
    'Ein anderes Modell wählen oder unter https://openrouter.ai/settings/privacy mehr Anbieter zulassen.',
  no_tool_endpoint: 'Ein Modell wählen, das Werkzeuge unterstützt, oder die Werkzeuge weglassen.',
  parameter_not_supported: 'Die Einstellung entfernen oder ein Modell wählen, das sie unterstützt.',
  context_length_exceeded: 'Die Unterhaltung kürzen oder ein Modell mit längerem Kontext wählen.',
  payload_too_large: 'Weniger senden: Anhänge entfernen oder die Unterhaltung kürzen.',
  rate_limited_platform: 'Einen Moment warten, dann erneut versuchen.',
  rate_limited_provider: 'Gleich noch einmal versuchen oder ein anderes Modell wählen.',
  free_tier_limit:
    'Ein bezahltes Modell wählen oder warten: Kostenlose Modelle erlauben 20 Anfragen pro Minute und 50 oder 1.000 pro Tag.',
  provider_error: 'Erneut versuchen oder ein anderes Modell wählen.',
  provider_overloaded: 'Gleich noch einmal versuchen oder ein anderes Modell wählen.',
  upstream_unreachable:
    'Das Netz des Servers und https://status.openrouter.ai prüfen, dann erneut versuchen.',
  upstream_timeout: 'Erneut versuchen oder ein schnelleres Modell wählen.',
  stream_cut:
    'Die Antwort ist unvollständig. Erneut versuchen oder das Modell weiterschreiben lassen.',
  stream_stalled: 'Die Antwort ist unvollständig. Erneut versuchen oder ein anderes Modell wählen.',
  malformed_response:
    'Erneut versuchen. Bleibt es dabei, OPENROUTER_BASE_URL und einen Proxy dazwischen prüfen.',
  tool_calls_malformed:
    'Erneut versuchen oder ein anderes Modell wählen: Die Werkzeugaufrufe dieses Modells lassen sich nicht auseinanderhalten.',
  model_lacks_capability: 'Ein Modell wählen, das kann, was verlangt ist.',
  invalid_request: 'Die Angaben so ändern, wie es in den Details steht.',
  permission_denied: 'Die Administration um Zugang bitten.',
  unauthenticated: 'Anmelden und erneut versuchen.',
  admin_required: 'Die Administration fragen.',
  not_found: 'Die Adresse prüfen.',
  method_not_allowed: 'Die dokumentierte Methode verwenden.',
  conflict: 'Den vergebenen Wert ändern, dann erneut versuchen.',
  unsupported_media_type: 'JSON mit Content-Type: application/json senden.',
  too_many_requests: 'Einen Moment warten, dann erneut versuchen.',
  too_many_generations:
    'Warten, bis eine laufende Antwort fertig ist, oder sie stoppen; dann erneut versuchen.',
  shutting_down: 'In ein paar Sekunden erneut versuchen.',
  server_unreachable:
    'Prüfen, ob eine Internetverbindung besteht und der Server läuft, dann erneut versuchen.',
  internal:
    'Erneut versuchen. Bleibt es dabei, der Administration die Anfragenummer aus den Details nennen.',
};
