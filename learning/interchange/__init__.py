"""Questions from and to other programmes: hand in, look what they become, import as drafts.

run = hand_in(content, by=editor, filename=name, locale=locale)     # raises UnreadableError
plan = plan_for(run)                                                # changes nothing
made = carry_out(run, by=editor, seen=plan.digest, …)               # raises UndecidedError
"""
