import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Button } from "./button";
import { ConfirmDialog } from "./confirm-dialog";
import { showToast } from "./toast";
import { Toaster } from "./toaster";

function ask(onConfirm: () => unknown, more = {}) {
  render(
    <ConfirmDialog
      trigger={<Button>Remove</Button>}
      title="Remove the list?"
      description="This cannot be undone."
      confirmLabel="Remove the list"
      tone="danger"
      onConfirm={onConfirm}
      {...more}
    />,
  );
  const trigger = screen.getByRole("button", { name: "Remove" });
  trigger.focus();
  fireEvent.click(trigger);
  return trigger;
}

test("a confirmation begins at the harmless button, and gives the focus back", async () => {
  const onConfirm = vi.fn();
  const trigger = ask(onConfirm);
  const dialog = await screen.findByRole("alertdialog", { name: "Remove the list?" });
  expect(dialog).toBeDefined();
  const cancel = screen.getByRole("button", { name: "Cancel" });
  await waitFor(() => expect(document.activeElement).toBe(cancel));
  fireEvent.click(cancel);
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(trigger));
  expect(onConfirm).not.toHaveBeenCalled();
});

test("a refusal is shown in the confirmation, which stays; the deed is not done twice", async () => {
  let refuse = (_: Error) => {};
  const onConfirm = vi.fn(() => new Promise((_, reject) => (refuse = reject)));
  ask(onConfirm);
  const confirm = await screen.findByRole("button", { name: "Remove the list" });
  fireEvent.click(confirm);
  fireEvent.click(confirm);
  expect(onConfirm).toHaveBeenCalledTimes(1);
  await act(async () => refuse(new Error("Somebody still uses it.")));
  expect(screen.getByText("Somebody still uses it.")).toBeDefined();
  expect(screen.getByRole("alertdialog")).toBeDefined();
});

test("what cannot be undone waits for the right letters", async () => {
  const onConfirm = vi.fn();
  ask(onConfirm, { typeToConfirm: "Renewals" });
  const field = await screen.findByLabelText("Type Renewals to confirm");
  await waitFor(() => expect(document.activeElement).toBe(field));
  fireEvent.change(field, { target: { value: "Renewal" } });
  fireEvent.click(screen.getByRole("button", { name: "Remove the list" }));
  expect(onConfirm).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: "Renewals" } });
  fireEvent.click(screen.getByRole("button", { name: "Remove the list" }));
  await waitFor(() => expect(onConfirm).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
});

test("a toast told before its place is there is shown, takes back what was done, and tells when that failed", async () => {
  const undo = vi.fn().mockRejectedValueOnce(new Error("The row was deleted."));
  showToast({ title: "Row archived", undo });
  render(<Toaster />);
  fireEvent.click(await screen.findByText("Undo"));
  expect(undo).toHaveBeenCalledTimes(1);
  expect((await screen.findAllByText("The row was deleted.")).length).toBeGreaterThan(0);
});
