/** A page of Angular without zones: a route whose view is kept for later, and one that is made anew. */
import '@angular/compiler';
import { APP_BASE_HREF } from '@angular/common';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, Router, RouteReuseStrategy, RouterOutlet, withHashLocation } from '@angular/router';

const main = document.querySelector('main');
const { url } = main.dataset;
main.append(document.createElement('app-root'));
const at = signal([0]);

const TillView = Component({
  selector: 'app-till',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    @for (each of at(); track each) {
      <magtek-reader [autoConnect]="true" [url]="url" journal-size="200">
        <magtek-status />
        <magtek-transaction amount="4.60" currency="EUR" />
        <magtek-log />
      </magtek-reader>
    }
  `,
})(
  class TillView {
    url = url;
    at = at;
  },
);
const OtherView = Component({ selector: 'app-other', template: '<p>{{ title }}</p>' })(
  class OtherView {
    title = 'Another view';
  },
);

/** Keeps the view of the till, as strategies for tabs and lists do. */
class KeepTill {
  kept = null;
  shouldDetach(route) {
    return route.routeConfig?.path === 'kept';
  }
  store(route, handle) {
    this.kept = handle;
  }
  shouldAttach(route) {
    return route.routeConfig?.path === 'kept' && this.kept !== null;
  }
  retrieve(route) {
    return route.routeConfig?.path === 'kept' ? this.kept : null;
  }
  shouldReuseRoute(future, current) {
    return future.routeConfig === current.routeConfig;
  }
}

const Root = Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: '<h1>{{ title }}</h1><router-outlet />',
})(
  class Root {
    title = 'A shop';
  },
);

const routes = [
  { path: '', component: TillView },
  { path: 'kept', component: TillView },
  { path: 'other', component: OtherView },
];

const app = await bootstrapApplication(Root, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(routes, withHashLocation()),
    { provide: RouteReuseStrategy, useClass: KeepTill },
    { provide: APP_BASE_HREF, useValue: '/' },
  ],
});
const router = app.injector.get(Router);
window.host = {
  go: (path) => router.navigateByUrl(path),
  renew: async (n) => {
    at.set([n]);
    await app.whenStable();
  },
};
