"""Reading in a municipality's people: hand in, look what would change, decide, and undo.

run = hand_in(content, by=viewer, place=place, filename=name)    # raises UnreadableError
plan = plan_for(run, viewer)                                     # changes nothing
job = decide(run, by=viewer, seen=digest(plan), only_good=False) # raises UndecidedError
job = ask_undo(run, by=viewer)
"""
