"""What a reader can work out of a published table: an audit by linear programming."""

from scipy.optimize import linprog


def bounds(counts, suppressed):
    """The lowest and highest value of each suppressed cell that fits all that is published.

    `counts` are the rows of one region and `suppressed` the same shape of booleans; every cell
    that is not suppressed, the total of every row and of every column are known.
    """
    cells = [(i, j) for i, row in enumerate(suppressed) for j, hidden in enumerate(row) if hidden]
    equations, known = [], []
    for i in range(len(counts)):
        equations.append([1.0 if cell[0] == i else 0.0 for cell in cells])
        known.append(sum(counts[i][j] for j in range(len(counts[i])) if suppressed[i][j]))
    for j in range(len(counts[0])):
        equations.append([1.0 if cell[1] == j else 0.0 for cell in cells])
        known.append(sum(counts[i][j] for i in range(len(counts)) if suppressed[i][j]))
    answer = {}
    for k, cell in enumerate(cells):
        ends = []
        for sign in (1.0, -1.0):
            aim = [0.0] * len(cells)
            aim[k] = sign
            found = linprog(aim, A_eq=equations, b_eq=known, bounds=(0, None))
            assert found.status == 0
            ends.append(found.x[k])
        answer[cell] = tuple(ends)
    return answer
