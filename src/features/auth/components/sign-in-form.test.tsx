import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/shared/lib/errors";
import { createQueryClient } from "@/shared/lib/query-client";
import { signIn } from "../services/auth-service";
import { SignInForm } from "./sign-in-form";

vi.mock("../services/auth-service");
const service = vi.mocked(signIn);

function show() {
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <SignInForm />
    </QueryClientProvider>,
  );
  return {
    email: screen.getByLabelText<HTMLInputElement>("E-mail address"),
    password: screen.getByLabelText<HTMLInputElement>("Password"),
    submit: () => fireEvent.click(screen.getByRole("button", { name: "Sign in" })),
  };
}

beforeEach(() => {
  service.mockReset();
});

describe("the sign-in form", () => {
  test("hands over exactly what was typed", async () => {
    service.mockResolvedValue();
    const { email, password, submit } = show();
    fireEvent.change(email, { target: { value: "admin@northwind.test" } });
    fireEvent.change(password, { target: { value: " spaces count " } });
    submit();
    await waitFor(() => expect(service).toHaveBeenCalledWith("admin@northwind.test", " spaces count "));
  });

  test("says what is missing, at the field, and asks the server nothing", () => {
    const { email, submit } = show();
    submit();
    expect(screen.getByText("Enter your e-mail address.")).toBeDefined();
    expect(screen.getByText("Enter your password.")).toBeDefined();
    expect(email.getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(email);
    expect(service).not.toHaveBeenCalled();
  });

  test("says why it was refused, and keeps both fields", async () => {
    service.mockRejectedValue(new AppError("invalid", { sentence: "These do not belong together." }));
    const { email, password, submit } = show();
    fireEvent.change(email, { target: { value: "admin@northwind.test" } });
    fireEvent.change(password, { target: { value: "wrong" } });
    submit();
    expect((await screen.findByRole("alert")).textContent).toBe("These do not belong together.");
    expect(email.value).toBe("admin@northwind.test");
    expect(password.value).toBe("wrong");
    expect(document.activeElement).toBe(password);
  });

  test("takes no second click while the first is under way", async () => {
    service.mockReturnValue(new Promise(() => {}));
    const { email, password, submit } = show();
    fireEvent.change(email, { target: { value: "a@b.test" } });
    fireEvent.change(password, { target: { value: "x" } });
    submit();
    fireEvent.click(await screen.findByRole("button", { name: "Signing in …" }));
    expect(service).toHaveBeenCalledTimes(1);
  });

  test("shows and hides the password", () => {
    const { password } = show();
    fireEvent.click(screen.getByRole("button", { name: "Show password" }));
    expect(password.type).toBe("text");
    fireEvent.click(screen.getByRole("button", { name: "Hide password" }));
    expect(password.type).toBe("password");
  });
});
