"""What came of it: the rules of follow-ups, of goals, of money, and of projects after their end.

- `steps`: the states of a follow-up and who may take it from one to the next;
- `judging`: whether a goal is reached, by rules, and when that cannot be said;
- `values`: the values of a goal over time, what people typed beside what the release has;
- `sums`: money by its status;
- `projects`: what became of projects, and when to ask;
- `inventories`: inventories that are known in numbers, and their arithmetic;
- `waiting`: what waits for whom; `reminding`: letters about it.
"""
