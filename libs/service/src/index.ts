export { ServiceModule } from './service.module';
export { startService } from './start-service';
