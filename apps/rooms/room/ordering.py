"""In which order do the pieces of a text stand?

A struct in a text names the neighbours that it had when it was written. The libraries believe it;
with neighbours in the wrong order they come to different texts. So the ledger keeps the order of
each text (not its letters) by the algorithm of Yjs, in pieces of consecutive clocks, and checks
that the left neighbour stands to the left of the right one.
"""

from bisect import bisect_right
from collections.abc import Mapping

from apps.rooms.room.updates import Id, Unacceptable

MAX_STEPS = 50_000  # from piece to piece, for one update: some 20 ms; people need a few
PIECES_MOVED_IN_A_STEP = 2048  # a split moves those that come later in the list


class Piece:
    """Clocks start..end-1 of a client, side by side in a text.

    left, right: ids of the neighbours they were written between. before, after: who stands there.
    """

    __slots__ = ("after", "before", "client", "end", "left", "right", "start")

    def __init__(self, client: int, start: int, end: int, left: Id | None, right: Id | None):
        self.client = client
        self.start = start
        self.end = end
        self.left = left
        self.right = right
        self.before: Piece | None = None
        self.after: Piece | None = None


class Line:
    """The pieces of a text. first: the leftmost."""

    __slots__ = ("first",)

    def __init__(self) -> None:
        self.first: Piece | None = None

    def put_after(self, piece: Piece, before: Piece | None) -> None:
        after = self.first if before is None else before.after
        piece.before, piece.after = before, after
        if before is None:
            self.first = piece
        else:
            before.after = piece
        if after is not None:
            after.before = piece

    def take_out(self, piece: Piece) -> None:
        if piece.before is None:
            self.first = piece.after
        else:
            piece.before.after = piece.after
        if piece.after is not None:
            piece.after.before = piece.before


class Pieces:
    """The pieces of one client in all texts, by clock."""

    __slots__ = ("_all", "_lines", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._all: list[Piece] = []
        self._lines: list[Line] = []

    @property
    def count(self) -> int:
        return len(self._all)

    def at(self, clock: int) -> Piece | None:
        index = bisect_right(self._starts, clock) - 1
        if index < 0:
            return None
        piece = self._all[index]
        return piece if clock < piece.end else None

    def add(self, piece: Piece, line: Line) -> None:
        self._starts.append(piece.start)
        self._all.append(piece)
        self._lines.append(line)

    def go_back(self, clock: int) -> None:
        """Forgets what came from this clock on."""
        while self._starts and self._starts[-1] >= clock:
            self._starts.pop()
            self._lines.pop().take_out(self._all.pop())
        if self._all and self._all[-1].end > clock:
            self._all[-1].end = clock

    def split(self, piece: Piece, clock: int) -> Piece:
        """The right part, from this clock on."""
        rest = Piece(piece.client, clock, piece.end, (piece.client, clock - 1), piece.right)
        piece.end = clock
        index = bisect_right(self._starts, clock)
        line = self._lines[index - 1]
        line.put_after(rest, piece)
        self._starts.insert(index, clock)
        self._all.insert(index, rest)
        self._lines.insert(index, line)
        return rest


class Orderer:
    """Puts new pieces into their texts. steps_left: how far it may still go for this update."""

    __slots__ = ("_pieces", "steps_left")

    def __init__(self, pieces: Mapping[int, Pieces]) -> None:
        self._pieces = pieces
        self.steps_left = MAX_STEPS

    def put(self, line: Line, piece: Piece) -> bool:
        """False if it has a neighbour that stands in no text any more. Raises Unacceptable."""
        left = right = None
        if piece.right is not None:
            right = self._starting_with(*piece.right)
            if right is None:
                return False
        if piece.left is not None:
            left = self._ending_with(*piece.left)
            if left is None:
                return False
            if left is right:
                raise Unacceptable("Neighbours in the wrong order.")
        following = line.first if left is None else left.after
        if following is right:
            if left is not None and _continues(left, piece):
                left.end = piece.end
                return True
            line.put_after(piece, left)
        else:
            self._check_order(left, right, piece)
            line.put_after(piece, self._neighbour(left, right, following, piece))
        self._pieces[piece.client].add(piece, line)
        return True

    def _starting_with(self, client: int, clock: int) -> Piece | None:
        """The piece whose first clock this is; one is split for it if need be."""
        pieces = self._pieces[client]
        piece = pieces.at(clock)
        if piece is not None and piece.start != clock:
            self._step(pieces.count // PIECES_MOVED_IN_A_STEP)
            return pieces.split(piece, clock)
        return piece

    def _ending_with(self, client: int, clock: int) -> Piece | None:
        """The piece whose last clock this is."""
        pieces = self._pieces[client]
        piece = pieces.at(clock)
        if piece is not None and piece.end != clock + 1:
            self._step(pieces.count // PIECES_MOVED_IN_A_STEP)
            pieces.split(piece, clock + 1)
        return piece

    def _check_order(self, left: Piece | None, right: Piece | None, piece: Piece) -> None:
        if left is None or right is None:
            return
        if left.right == piece.right or right.left == piece.left:
            return  # checked when that one came
        between = left.after
        while between is not None and between is not right:
            if _is_known_to_who_wrote(piece, left, right, between):
                raise Unacceptable("Neighbours that were none.")
            between = between.after
            self._step()
        if between is None:
            raise Unacceptable("Neighbours in the wrong order.")

    def _neighbour(
        self, left: Piece | None, right: Piece | None, other: Piece | None, piece: Piece
    ) -> Piece | None:
        """Who stands left of it, of all who were written at the same place: the rule of Yjs."""
        passed: set[Piece] = set()
        in_conflict: set[Piece] = set()
        while other is not None and other is not right:
            self._step()
            passed.add(other)
            in_conflict.add(other)
            if other.left == piece.left:
                if other.client < piece.client:
                    left = other
                    in_conflict.clear()
                elif other.right == piece.right:
                    break
            else:
                origin = other.left and self._pieces[other.left[0]].at(other.left[1])
                if not origin or origin not in passed:
                    break
                if origin not in in_conflict:
                    left = other
                    in_conflict.clear()
            other = other.after
        return left

    def _step(self, cost: int = 1) -> None:
        self.steps_left -= cost
        if self.steps_left < 0:
            raise Unacceptable("Too many changes at the same place.")


def _is_known_to_who_wrote(piece: Piece, left: Piece, right: Piece, between: Piece) -> bool:
    """Whether somebody who had both neighbours must have seen that something stood between them.

    Who has a struct has all earlier ones of its client, and the neighbours that it names. A piece
    that denies it would stand elsewhere for those who heard of others' pieces in another order.
    What follows from further away is not looked for here: the digests of the documents would tell.
    """
    seen = (
        *((piece.client, piece.start), (left.client, left.start), (right.client, right.start)),
        *(one for one in (left.right, right.left) if one is not None),
    )
    return any(client == between.client and between.start <= clock for client, clock in seen)


def _continues(left: Piece, piece: Piece) -> bool:
    """Whether they would be one piece, had they come together."""
    return left.client == piece.client and left.end == piece.start and left.right == piece.right
