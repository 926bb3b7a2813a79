// The one place that knows which router this is.
export {
  createBrowserRouter,
  createMemoryRouter,
  Link,
  matchRoutes,
  Navigate,
  NavLink,
  Outlet,
  type RouteObject,
  RouterProvider,
  useLocation,
  useMatches,
  useNavigate,
  useNavigationType,
  useRouteError,
  useSearchParams,
} from "react-router-dom";
