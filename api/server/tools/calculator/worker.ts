import { serve } from '../confined/serve.ts';
import { evaluate } from './evaluate.ts';

serve(evaluate);
