import { startPage } from '../light/start-page.tsx';
import { VerifyPage } from './verify-page.tsx';

const [, , poll] = location.pathname.split('/');
startPage(<VerifyPage {...(poll !== undefined && poll !== '' && { poll })} />);
