"""The working cycle: what was mapped, which needs follow, what is done about them, what came of it.

An organisation's mapping round holds its actors, interviews and problems; needs cite problems,
goals cite needs, interventions cite goals, and what came of them is followed up. The tables are in
`samsyn.cycle.models`.
"""
