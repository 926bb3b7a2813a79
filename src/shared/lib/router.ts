// The one place that knows which router this is.
export {
  createBrowserRouter,
  createMemoryRouter,
  Link,
  Navigate,
  Outlet,
  type RouteObject,
  RouterProvider,
  useLocation,
  useNavigationType,
  useRouteError,
  useSearchParams,
} from "react-router-dom";
