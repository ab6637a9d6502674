"""The league's room: a month's figures, the levers, the key call, the end of the month; nothing can be taken back."""

import html
from dataclasses import replace
from os.path import expanduser
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import show, table_html
from arsim.workbook.lab import STYLE
from arsim.workbook.league import dashboard, handed
from arsim.workbook.league.decisions import Month, Talk, check_team
from arsim.workbook.league.files import FOLDER, built_in, game
from arsim.workbook.league.keeping import Draft, Keeping
from arsim.workbook.league.key_call import KeyCallRoom
from arsim.workbook.league.replay import debtor, morning, replayed, seen, so_far, stage
from arsim.workbook.lever_widget import caption, control, row, title
from arsim.workbook.shelf import home

_AUTO = {"width": "auto", "align_self": "flex-start"}


class League:
    """A season of one team, kept on this computer at every step.

    Parameters
    ----------
    folder : Path, optional
        Where games handed out lie and finished seasons go; by default `my_league` beside the notebooks.
    state : Path, optional
        Where the season is kept; by default the course's state folder.
    """

    def __init__(self, folder: Path | None = None, state: Path | None = None):
        say = words.say
        self.folder, self.keeping = folder or home().parent / FOLDER, Keeping(state)
        self.team = widgets.Text(placeholder="red", layout={"width": "200px"})
        self.choice = widgets.Dropdown(options=self._games(), layout={"width": "420px"})
        self.begin = widgets.Button(description=say("Begin, or go on"), button_style="primary", layout=_AUTO)
        self.leave = widgets.Button(description=say("Another team or game"), layout=_AUTO)
        self.end = widgets.Button(description=say("End the month"), button_style="primary", layout=_AUTO)
        self.sure = widgets.Button(description=say("Yes, end it"), button_style="warning", layout=_AUTO)
        self.not_yet = widgets.Button(description=say("Not yet"), layout=_AUTO)
        self.hand_in = widgets.Button(description=say("Hand in"), button_style="primary", layout=_AUTO)
        self.target = widgets.Text(str(self.folder), layout={"width": "auto", "max_width": "640px"})
        self.said, self.head, self.board, self.question = (widgets.HTML() for _ in range(4))
        self.call_box, self.lever_box, self.ask, self.finish = (widgets.VBox() for _ in range(4))
        self.levers: dict[str, widgets.Widget] = {}
        self.call: KeyCallRoom | None = None
        code = caption(say("Code of the team (small letters, digits; no names of persons)"))
        self.door = widgets.VBox([code, self.team, caption(say("Game")), self.choice, self.begin])
        self.ask.children = [self.question, widgets.HBox([self.sure, self.not_yet])]
        self.inside = widgets.VBox([self.head, self.board, self.lever_box, self.call_box, self.end, self.ask, self.finish, self.leave])
        self.box = widgets.VBox([widgets.HTML(STYLE), self.said, self.door, self.inside])
        self.box.add_class("arsim-league")
        for button, act in ((self.begin, self.enter), (self.leave, self.go), (self.end, self.question_end), (self.sure, self.confirm),
                            (self.not_yet, self._draw_ask), (self.hand_in, self.write)):  # fmt: skip
            button.on_click(lambda _, act=act: act())
        self.draft: Draft | None = None
        self.kept, self.asked = True, 0
        self._take_up()

    def show(self) -> None:
        """Display it."""
        show(self.box)

    def enter(self) -> None:
        """Begin the season of the team typed in, or go on with it."""
        try:
            check_team(self.team.value.strip())
            self._open(self.choice.value, self.team.value.strip())
        except BadInput as error:
            self.said.value = problems(error)

    def go(self) -> None:
        """Put the season aside; it is kept."""
        self.keeping.put_aside()
        self.draft = None
        self._draw()

    def question_end(self) -> None:
        """Ask before the month is ended."""
        moved = words.listed(title(self.open_levers[path]) for path in self.draft.changes) or words.say("nothing")
        lines = [words.say("Month {month} is over then, and nothing of it can be taken back.", month=self.month),
                 words.say("Changed: {levers}.", levers=moved)]  # fmt: skip
        if self.call and not self.call.call.over:
            lines.append(words.say("The key call has not been held to its end; it will count as it stands."))
        self.question.value = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        self.end.layout.display, self.ask.layout.display, self.asked = "none", None, self.month

    def confirm(self) -> None:
        """End the month that was asked about, once: a second press, quicker than the answer to the first, ends no second month."""
        if self.asked == self.month:
            self.end_month()

    def end_month(self) -> None:
        """The month runs; what came of it is shown."""
        month = Month(tuple(self.draft.changes.items()), self.draft.talk)
        self.ask.layout.display = "none"
        self.said.value = f"<p>{html.escape(words.say('The month is running …'))}</p>"
        if self._keep(Draft(replace(self.draft.done, months=(*self.draft.done.months, month)), {})):
            self._draw()

    def write(self) -> Path | None:
        """Write the file to hand in; None, and the reason shown, if that cannot be."""
        typed = self.target.value.strip().strip('"')
        try:
            path = handed.write(self.draft.done, self.scores, Path(expanduser(typed)) if typed else self.folder)
        except BadInput as error:
            self.said.value = problems(error)
            return None
        self.keeping.handed_in(self.draft.done)
        self.said.value = f"<p>{html.escape(words.say('Handed in: {path}', path=path))}</p>"
        return path

    @property
    def month(self) -> int:
        """The month being decided, from 1; one more than the game has when the season is over."""
        return len(self.draft.done.months) + 1

    @property
    def scores(self):
        """What the finished season came to; None before that."""
        return replayed(self.game, self.draft.done)[1].scores if self.month > self.game.months else None

    def _games(self) -> list[tuple[str, str]]:
        offered = [(one.title.told(), name) for name, one in built_in().items()]
        for path in sorted(self.folder.glob("*.toml")):
            try:
                offered.append((f"{game(path).title.told()} ({path.name})", str(path)))
            except BadInput:
                offered.append((words.say("{name} (cannot be used)", name=path.stem), str(path)))
        return offered

    def _take_up(self) -> None:
        """The season that was being played when the kernel stopped."""
        kept = self.keeping.current()
        if kept and kept[0] in [value for _, value in self.choice.options]:
            self.choice.value, self.team.value = kept
            self.enter()
        else:
            self._draw()

    def _open(self, name: str, team: str) -> None:
        self.game, self.name = game(name), name
        self.at, self.open_levers = stage(self.game), self.game.levers()
        self.draft = self.keeping.find(team, self.game)
        self._save()
        self._draw()

    def _keep(self, draft: Draft) -> bool:
        """Go on with `draft` and keep it; False, and the kept season shown, if another window has gone further with it."""
        kept = self.keeping.find(draft.done.team, self.game)
        if self.draft.behind(kept):
            self.draft = kept
            self._draw()
            told = words.say(
                "This season has gone on in another window. Here it is as it stands now; what you just pressed did not count."
            )
            self.said.value = f"<p>{html.escape(told)}</p>"
            return False
        self.draft = draft
        self._save()
        self.said.value = self._unkept()
        return True

    def _save(self) -> None:
        self.kept = self.keeping.save(self.draft, self.name)

    def _unkept(self) -> str:
        told = words.say("It cannot be kept on this computer; note it on paper.")
        return "" if self.kept else f"<p>{html.escape(told)}</p>"

    def _draw(self) -> None:
        playing = self.draft is not None
        self.door.layout.display, self.inside.layout.display = ("none", None) if playing else (None, "none")
        if playing:
            over = self.month > self.game.months
            sights = seen(self.game, self.draft.done)
            self._draw_board(sights, over)
            self._draw_levers(over)
            self._draw_call(over)
            self._draw_ask(over)
            self._draw_finish(over)
        self.said.value = self._unkept()

    def _draw_board(self, sights, over: bool) -> None:
        team, title_ = self.draft.done.team, self.game.title.told()
        now = words.say("the season is over") if over else words.say("month {month} of {months}", month=self.month, months=self.game.months)
        comma = "，" if words.language() == "zh" else ", "
        self.head.value = f"<h3>{html.escape(team)} · {html.escape(title_)}{comma}{html.escape(now)}</h3>"
        parts = [] if sights else [f"<p>{html.escape(self.game.brief.told())}</p>"]
        parts += [f'<p class="arsim-news"><b>{html.escape(words.say("News"))}</b> {html.escape(one)}</p>'
                  for one in dashboard.news(self.game, self.at, self.month, sights)]  # fmt: skip
        if sights:
            caveat = words.say("* DSO by countback follows sales as well as paying: read it beside the overdue share.")
            parts += [dashboard.paper(dashboard.months(sights)), f'<p style="font-size:12px">{html.escape(caveat)}</p>']
            aged = words.say("The book by age at the end of month {month}, {unit}", month=len(sights), unit=dashboard.unit(sights[-1]))
            parts += [_titled(aged), dashboard.paper(dashboard.ageing(sights[-1]), first_wide=False)]
        accounts = dashboard.accounts(morning(self.game, self.draft.done), self.at)
        parts += [_titled(words.say("Largest overdue accounts this morning")), dashboard.paper(accounts)]
        self.board.value = "".join(parts)

    def _draw_levers(self, over: bool) -> None:
        self.levers = {}
        if over:
            self.lever_box.children = []
            return
        before = self._before()
        rows = []
        for path, lever in self.open_levers.items():
            lever = lever.model_copy(update={"default": self.draft.changes.get(path, before[path])})
            holder = self.levers[path] = control(lever)
            if lever.choices and isinstance(lever.choices[0], int | float):
                holder.options = [(f"{value:g}", value) for value in lever.choices]
                holder.value = lever.default
            holder.observe(lambda change, path=path: self._move(path, change["new"]), "value")
            rows.append(_captioned(lever, holder))
        grid = widgets.GridBox(rows, layout={"grid_template_columns": "repeat(auto-fill, minmax(300px, 1fr))", "grid_gap": "2px 18px"})
        told = words.say("Your levers this month. What you leave stays as it is.")
        self.lever_box.children = [widgets.HTML(f"<b>{html.escape(told)}</b>"), grid]

    def _before(self) -> dict:
        """Where the levers stood last month."""
        now = {path: lever.default for path, lever in self.open_levers.items()}
        for month in self.draft.done.months:
            now |= dict(month.changes)
        return now

    def _move(self, path: str, value) -> None:
        self._keep(self.draft.moved(path, value, self._before()[path]))

    def _draw_call(self, over: bool) -> None:
        self.call, self.call_box.children = None, []
        planned = None if over else self.game.call_in(self.month)
        if planned is None:
            return
        account = self.at.account(self.month, morning(self.game, self.draft.done), self._called())
        if account is None:
            self.call_box.children = [widgets.HTML(html.escape(words.say("No account needs a call of yours this month.")))]
            return
        told = words.say(
            "Your own call this month: {customer}. Whoever answers is invented, and so is their story; the sum is this account's. "
            "You have one call, and what is said is said.", customer=self.at.ids[account.customer],
        )  # fmt: skip
        seed = self.game.call_seed(self.month)
        on = self.at.world.date_of(self.at.world.calendar_next[self.at.bounds[self.month - 1]])
        made = self.draft.talk.made if self.draft.talk else ()
        keep = lambda moves: self._keep(replace(self.draft, talk=Talk(planned.who, seed, moves)))  # noqa: E731
        self.call = KeyCallRoom(debtor(planned.who, account), seed, made, on, keep)
        self.call_box.children = [widgets.HTML(f"<p><b>{html.escape(told)}</b></p>"), self.call.box]

    def _called(self) -> list[int]:
        return [one.account.customer for one in so_far(self.game, self.draft.done).phoned]

    def _draw_ask(self, over: bool = False) -> None:
        self.end.layout.display, self.ask.layout.display = "none" if over else None, "none"

    def _draw_finish(self, over: bool) -> None:
        if not over:
            self.finish.children = []
            return
        found, say = self.scores, words.say
        rows = [[say("Net value, CNY"), say("Overdue share, average, %"), say("Customer goodwill, points of 100")],
                [f"{found.net_value / 100:,.0f}", f"{100 * found.overdue_share:.2f}", f"{found.goodwill:.1f}"]]  # fmt: skip
        told = say("Places are given when all teams have handed in. Into which folder (a shared one, or a USB stick)?")
        self.finish.children = [widgets.HTML(table_html(rows)), caption(told), self.target, self.hand_in]


def _titled(text: str) -> str:
    return f'<p style="margin:8px 0 2px"><b>{html.escape(text)}</b></p>'


def _captioned(lever, holder) -> widgets.Widget:
    """A lever with its caption; where numbers are chosen from a list, with their unit."""
    if lever.choices and isinstance(lever.choices[0], int | float):
        unit = words.say(lever.unit)
        text = f"{title(lever)}（{unit}）" if words.language() == "zh" else f"{title(lever)} ({unit})"
        holder.add_class("arsim-lever-" + lever.path.replace(".", "-").replace("_", "-"))
        return widgets.VBox([caption(text), holder], layout={"margin": "0 0 4px 0"})
    return row(lever, holder)
