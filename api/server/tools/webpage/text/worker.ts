import { serve } from '../../confined/serve.ts';
import { toText } from './convert.ts';

serve(toText);
