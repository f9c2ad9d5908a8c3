import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { configQuery } from "../api/queries";
import { TextField } from "../ui/field";

/** A new password, as long as the deployment wants it. */
export function NewPasswordField({ label, name }: { label: string; name: string }) {
  const { t } = useLingui();
  const { data } = useQuery(configQuery);
  const min = data?.password.min;
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      isRequired
      {...(data ? { minLength: data.password.min, maxLength: data.password.max } : {})}
      hint={
        min === undefined ? undefined : t`At least ${min} characters. A few words in a row are easy to keep.`
      }
    />
  );
}
