import { createLink } from "@tanstack/react-router";
import { forwardRef, type ReactNode } from "react";
import {
  Button as AriaButton,
  Link as AriaLink,
  type ButtonProps as AriaProps,
  type LinkProps,
} from "react-aria-components";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon";
import { Spinner } from "./states";

type Look = "primary" | "plain" | "quiet" | "danger";

interface Dressed {
  look?: Look;
  icon?: IconName;
  /** Smaller, for rows and toolbars. */
  small?: boolean;
}

export interface ButtonProps extends Omit<AriaProps, "className" | "style" | "children">, Dressed {
  children: ReactNode;
}

function classes(look: Look, small?: boolean): string {
  return [styles.button, styles[look], small && styles.small].filter(Boolean).join(" ");
}

/** `isPending`: under way; it keeps its place and its focus. */
export function Button({ look = "plain", icon, small, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={classes(look, small)}>
      {props.isPending ? <Spinner /> : icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </AriaButton>
  );
}

/** A button that shows an icon alone; its name is said. */
export function IconButton({
  icon,
  label,
  ...props
}: Omit<AriaProps, "className" | "style" | "children" | "aria-label"> & { icon: IconName; label: string }) {
  return (
    <AriaButton {...props} aria-label={label} className={styles.round ?? ""}>
      <Icon name={icon} />
    </AriaButton>
  );
}

type PlainLinkProps = Omit<LinkProps, "style" | "className"> & { className?: string };

const PlainLink = forwardRef<HTMLAnchorElement, PlainLinkProps>((props, ref) => (
  <AriaLink {...props} ref={ref} />
));
PlainLink.displayName = "PlainLink";

/** A link to a page of ours. */
export const Link = createLink(PlainLink);

type ButtonLinkProps = PlainLinkProps & Dressed & { children?: ReactNode };

const DressedLink = forwardRef<HTMLAnchorElement, ButtonLinkProps>(
  ({ look = "plain", icon, small, children, ...props }, ref) => (
    <AriaLink {...props} ref={ref} className={classes(look, small)}>
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </AriaLink>
  ),
);
DressedLink.displayName = "DressedLink";

/** A link that looks like a button. */
export const ButtonLink = createLink(DressedLink);
