/*
 * From a key to what it does: the place where it was pressed, the request it
 * means there, the row of the table that carries it out.
 */
#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "words/record_doc.h"

static void do_mouse(struct play *p, struct key key);

enum play_place
play_where(const struct play *p)
{
	switch (p->box.over) {
	case OVER_CHOOSER:
		return PLACE_LIST;
	case OVER_LINE:
		return PLACE_LINE;
	case OVER_DOC:
	case OVER_TOUR:
		return PLACE_READ;
	default:
		break;
	}
	if (p->in_calls)
		return PLACE_CALLS;
	if (p->predicting)
		return PLACE_QUIZ;
	if (!p->in_pane)
		return PLACE_LADDER;
	return play_panes[p->pane]->place != NULL
		   ? play_panes[p->pane]->place(p)
		   : PLACE_PANE;
}

void
play_ask(
    struct play *p, const char *label, struct str text, play_typed_fn *typed)
{
	line_edit_start(&p->box.line, str_of(label), text);
	buf_clear(&p->overwrite);
	buf_clear(&p->box.hint);
	p->box.typed = typed;
	p->box.over = OVER_LINE;
}

void
play_choose(struct play *p, play_chosen_fn *chosen)
{
	p->box.chosen = chosen;
	p->box.back = NULL;
	p->box.over = OVER_CHOOSER;
}

void
play_show(struct play *p, const char *title)
{
	p->box.title = title;
	p->box.text.top = p->box.text.cursor = 0;
	p->box.keys.shown = false;
	p->box.over = OVER_DOC;
}

static void
show_pane(struct play *p, int pane)
{
	p->pane = (enum play_pane)pane;
	p->in_pane = true;
	/* What there is to do comes before which call it is about. */
	if (pane == PANE_LAB)
		p->in_calls = false;
}

static void
next_pane(struct play *p, int by)
{
	/* The ladder is one of the ring. */
	int pane = p->in_pane ? (int)p->pane + by
		   : by > 0   ? (int)p->pane
			      : PANE_COUNT - 1;

	while (pane >= 0 && pane < PANE_COUNT &&
	       !play_pane_offered(p, (enum play_pane)pane))
		pane += by;
	play_keypad_leave(p);
	p->in_pane = pane >= 0 && pane < PANE_COUNT;
	p->pane = p->in_pane ? (enum play_pane)pane : 0;
}

static void
toggle_mark(struct play *p)
{
	struct play_view *v = play_view(p);
	uint64_t seq = play_message_seq(p);

	if (seq == 0)
		play_tell(p, _("there is no message here to mark"));
	else if (play_seqs_has(&v->marks, seq))
		play_seqs_remove(&v->marks, seq);
	else if (play_seqs_add(&v->marks, seq) == 0 && v->marks.n == 2)
		play_tell(p, _("two messages are marked: = compares them"));
}

static void
next_mark(struct play *p)
{
	struct play_view *v = play_view(p);
	uint64_t seq = play_seqs_next(&v->marks, v->seq);

	if (seq == 0)
		seq = play_seqs_next(&v->marks, 0);
	if (seq == 0)
		play_tell(p, _("nothing is marked; Space marks"));
	else
		play_jump(p, seq);
}

static void
change_mode(struct play *p)
{
	/* Behind the last comes what suits the screen. */
	if (p->ladder.mode_chosen && p->ladder.mode + 1 == LADDER_MODE_COUNT) {
		p->ladder.mode_chosen = false;
		play_tell(p, _("automatic"));
		return;
	}
	p->ladder.mode = (p->ladder.mode + 1) % LADDER_MODE_COUNT;
	p->ladder.mode_chosen = true;
	play_show_anew(p);
	play_tell(p, ladder_mode_text(p->ladder.mode));
}

/* What belongs together, kind after kind; behind the last comes nothing. */
static void
change_brackets(struct play *p)
{
	unsigned kinds = p->ladder.brackets == 0 ? 1 : p->ladder.brackets << 1;

	/* Of several, as a command has them, back to none. */
	if ((p->ladder.brackets & (p->ladder.brackets - 1)) != 0 ||
	    kinds >= 1u << LADDER_MARK_COUNT)
		kinds = 0;
	play_set_brackets(p, kinds);
	play_say_brackets(p);
}

/* Half as long a line, or twice. */
static void
zoom_time(struct play *p, int by)
{
	int64_t now = ladder_screen_line_ns(play_view(p)->ladder);

	if (p->ladder.mode != LADDER_TIME) {
		play_tell(p, _("zooming works only in true time (t)"));
		return;
	}
	if (by > 0 && now > 1)
		p->ladder.line_ns = now / 2;
	else if (by < 0 && now < INT64_MAX / 4)
		p->ladder.line_ns = now * 2;
	play_show_anew(p);
}

static void
fold_call(struct play *p)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str call = play_call_id(p, &scratch);

	if (call.n > 0) {
		if (play_list_has(&p->ladder.folded, call))
			play_list_drop(&p->ladder.folded, call);
		else
			play_list_add(&p->ladder.folded, call);
		play_show_anew(p);
	}
}

static void
hide_node(struct play *p)
{
	if (p->ladder.hidden.n > 0 &&
	    play_list_has(&p->ladder.hidden, buf_view(&p->node))) {
		buf_clear(&p->ladder.hidden);
	} else if (play_view(p)->layout->ncolumns <= 1) {
		buf_clear(&p->ladder.hidden);
	} else {
		play_list_add(&p->ladder.hidden, buf_view(&p->node));
		play_say(p, _("%.*s is hidden; H shows it again"),
		    STR_ARG(buf_view(&p->node)));
	}
	p->node_fixed = p->ladder.hidden.n > 0;
	play_lay_out(p);
}

static void
change_speed(struct play *p, int by)
{
	if (by > 0 && p->speed + 1 < PLAY_SPEEDS)
		p->speed++;
	else if (by < 0 && p->speed > 0)
		p->speed--;
	play_say(p, "×%g", play_speeds[p->speed]);
}

static void
play_key_show_record(struct play *p)
{
	struct play_view *v = play_view(p);

	if (v->seq == 0)
		return;
	doc_clear(&p->box.text.doc);
	record_doc(v->trace, v->seq,
	    p->drawn.width > 8 ? p->drawn.width - 6 : 40, &p->box.text.doc);
	play_show(p, _("Record"));
}

static void
change_theme(struct play *p)
{
	if (++p->o.theme == THEME_COUNT)
		p->o.theme = THEME_NONE + 1;
	play_say(p, _("colours: %s"), theme_name(p->o.theme));
}

static void
toggle_present(struct play *p)
{
	p->o.present = !p->o.present;
	p->o.theme = p->o.present ? THEME_LIGHT : THEME_DEFAULT;
}

/* Folded messages tell how many there will be. */
static void
toggle_coming(struct play *p)
{
	p->hiding = !p->hiding;
	play_panes_forget(p, NULL);
	if (p->ladder.fold)
		play_lay_out(p);
	if (p->ladder.folded.n > 0)
		play_show_anew(p);
}

static void
go_back(struct play *p)
{
	if (p->doing.going)
		play_act_cancel(p);
	else if (p->playing)
		p->playing = false;
	else if (p->jumped)
		play_return(p);
	else if (p->pane_whole)
		p->pane_whole = false;
	else if (p->in_pane)
		p->in_pane = false;
	else
		play_menu(p);
}

static void
open_pane(struct play *p)
{
	p->in_pane = true;
}

static void
ask_where(struct play *p)
{
	play_ask(p, "#", STR_NULL, play_goto);
}

static void
start_or_pause(struct play *p)
{
	p->playing = !p->playing;
}

static void
whole_pane(struct play *p)
{
	p->pane_whole = !p->pane_whole;
	p->in_pane |= p->pane_whole;
}

static void
follow_node(struct play *p)
{
	p->node_fixed = false;
	play_follow_node(p);
}

static void
ask_find(struct play *p)
{
	play_ask(p, "/", STR_NULL, play_find);
	if (!p->in_calls)
		buf_puts(&p->box.hint,
		    _("small letters also match capitals; with a capital "
		      "letter, all letters must match exactly"));
}

static void
ask_filter(struct play *p)
{
	play_ask(p, _("filter: "), buf_view(&p->search.filter_text),
	    play_set_filter);
}

static void
raw_or_explained(struct play *p)
{
	play_raw_or_explained(p);
	show_pane(p, PANE_MESSAGE);
}

static void
toggle_folding(struct play *p)
{
	p->ladder.fold = !p->ladder.fold;
	play_lay_out(p);
}

static void
ask_command(struct play *p)
{
	play_ask(p, ":", STR_NULL, play_command);
	p->box.line.complete = play_complete_command;
	p->box.line.arg = p;
}

static void
make_wish(struct play *p, int what)
{
	p->wish = (enum play_wish)what;
}

static void
play_key_end(struct play *p)
{
	p->quit = true;
}

#define DO(deed)             \
	{                    \
		.fn = (deed) \
	}
#define BY(deed, n)                        \
	{                                  \
		.by_fn = (deed), .by = (n) \
	}

/* What a request does that no pane has taken. */
static const struct {
	void (*fn)(struct play *p);
	void (*by_fn)(struct play *p, int by); /* or this one, with BY */
	int by;
} actions[REQ_COUNT] = {
	[REQ_NEXT] = BY(play_step_message, 1),
	[REQ_BACK] = BY(play_step_message, -1),
	[REQ_RECORD_NEXT] = BY(play_step_record, 1),
	[REQ_RECORD_BACK] = BY(play_step_record, -1),
	[REQ_NODE_NEXT] = BY(play_step_node, 1),
	[REQ_NODE_BACK] = BY(play_step_node, -1),
	[REQ_ROW_DOWN] = BY(play_step_row, 1),
	[REQ_ROW_UP] = BY(play_step_row, -1),
	[REQ_PAGE_DOWN] = BY(play_page, 1),
	[REQ_PAGE_UP] = BY(play_page, -1),
	[REQ_FIRST] = BY(play_ends, -1),
	[REQ_LAST] = BY(play_ends, 1),
	[REQ_PLAY] = DO(start_or_pause),
	[REQ_FASTER] = BY(change_speed, 1),
	[REQ_SLOWER] = BY(change_speed, -1),
	[REQ_GOTO] = DO(ask_where),
	[REQ_RETURN] = DO(play_return),
	[REQ_PANE_NEXT] = BY(next_pane, 1),
	[REQ_PANE_BACK] = BY(next_pane, -1),
#define X(id) [REQ_##id] = BY(show_pane, PANE_##id),
	PLAY_PANES(X)
#undef X
	    [REQ_ZOOM] = DO(whole_pane),
	[REQ_KEYPAD] = DO(play_keypad),
	[REQ_PRESS] = DO(play_keypad_ask),
	[REQ_KEYPAD_CLOSE] = DO(play_keypad_close),
	[REQ_NODE_RIGHT] = BY(play_choose_node, 1),
	[REQ_NODE_LEFT] = BY(play_choose_node, -1),
	[REQ_FOLLOW] = DO(follow_node),
	[REQ_ACT] = DO(play_act_menu),
	[REQ_BRANCHES] = DO(play_branch_menu),
	[REQ_BESIDE] = DO(play_beside),
	[REQ_FIND] = DO(ask_find),
	[REQ_FIND_NEXT] = BY(play_find_step, 1),
	[REQ_FIND_BACK] = BY(play_find_step, -1),
	[REQ_FILTER] = DO(ask_filter),
	[REQ_CALL_ONLY] = DO(play_only_call),
	[REQ_CALLS] = DO(play_calls_open),
	[REQ_RAW] = DO(raw_or_explained),
	[REQ_MODE] = DO(change_mode),
	[REQ_ZOOM_IN] = BY(zoom_time, 1),
	[REQ_ZOOM_OUT] = BY(zoom_time, -1),
	[REQ_BRACKETS] = DO(change_brackets),
	[REQ_FOLD] = DO(toggle_folding),
	[REQ_FOLD_CALL] = DO(fold_call),
	[REQ_HIDE] = DO(hide_node),
	[REQ_COMPARE] = DO(play_compare),
	[REQ_MARK] = DO(toggle_mark),
	[REQ_HOLD_ANSWER] = DO(play_hold_answer),
	[REQ_HOLD_LOOK] = DO(play_hold_look),
	[REQ_MARK_NEXT] = DO(next_mark),
	[REQ_PREDICT] = DO(play_predict),
	[REQ_EXPORT] = DO(play_export_ask),
	[REQ_SCREEN] = DO(play_screen_ask),
	[REQ_THEME] = DO(change_theme),
	[REQ_LANGUAGE] = DO(play_next_language),
	[REQ_PRESENT] = DO(toggle_present),
	[REQ_COMING] = DO(toggle_coming),
	[REQ_RECORD] = DO(play_key_show_record),
	[REQ_COMMAND] = DO(ask_command),
	[REQ_MENU] = DO(go_back),
	[REQ_OPEN] = DO(open_pane),
	[REQ_HELP] = DO(play_help),
	[REQ_REDRAW] = BY(make_wish, WISH_REDRAW),
	[REQ_SUSPEND] = BY(make_wish, WISH_SUSPEND),
	[REQ_QUIT] = DO(play_key_end),
};

static void
play_key_carry_out(struct play *p, enum play_request r)
{
	if (r >= REQ_PRESS_CALL && r <= REQ_PRESS_SOFT2)
		play_keypad_request(p, r);
	else if (actions[r].fn != NULL)
		actions[r].fn(p);
	else if (actions[r].by_fn != NULL)
		actions[r].by_fn(p, actions[r].by);
}

size_t
play_over_page(const struct play *p)
{
	return p->drawn.height > 6 ? p->drawn.height - 6 : 1;
}

static void
over_chooser(struct play *p, enum play_request r)
{
	play_chosen_fn *chosen = p->box.chosen;

	if (chooser_move(&p->box.chooser, r, play_over_page(p)))
		return;
	if (r == REQ_LIST_CLOSE) {
		p->box.over = OVER_NOTHING;
		if (p->box.back != NULL)
			p->box.back(p);
		return;
	}
	if (r != REQ_LIST_OPEN || p->box.chooser.n == 0)
		return;
	p->box.over = OVER_NOTHING;
	chosen(p, p->box.chooser.items[p->box.chooser.cursor].value);
}

static void
over_doc(struct play *p, enum play_request r)
{
	if (r == REQ_READ_CLOSE || r == REQ_HELP)
		p->box.over = OVER_NOTHING;
	else
		request_move(r, play_over_page(p), p->box.text.doc.nlines,
		    &p->box.text.top);
}

/* While Tab goes through them, all there are. */
static void
put_choices(struct play *p)
{
	struct str began = buf_view(&p->box.line.began);

	buf_clear(&p->box.hint);
	for (size_t i = 0; p->box.line.offering; i++) {
		LOCAL_BUF b = BUF_INIT;

		if (!p->box.line.complete(began, i, &b, p->box.line.arg))
			break;
		buf_puts(&p->box.hint, i > 0 ? "  " : "");
		buf_str(&p->box.hint, buf_view(&b));
	}
}

static void
over_line(struct play *p, struct key key)
{
	play_typed_fn *typed = p->box.typed;
	enum line_result result = line_edit_key(&p->box.line, key);
	LOCAL_BUF text = BUF_INIT;

	if (result == LINE_GOES_ON) {
		if (p->box.line.complete != NULL)
			put_choices(p);
		return;
	}
	p->box.over = OVER_NOTHING;
	if (result == LINE_DONE) {
		buf_str(&text, buf_view(&p->box.line.text));
		/* A wrong text stays there to be mended. */
		if (!typed(p, buf_view(&text)))
			p->box.over = OVER_LINE;
	}
}

void
play_do(struct play *p, enum play_request r)
{
	if (r == REQ_NONE)
		return;
	if (r == REQ_REDRAW || r == REQ_SUSPEND)
		play_key_carry_out(p, r);
	else if (p->box.over == OVER_CHOOSER)
		over_chooser(p, r);
	else if (p->box.over == OVER_DOC)
		over_doc(p, r);
	else if (p->box.over == OVER_TOUR)
		p->box.over = OVER_NOTHING;
	else if (play_exam_bars(p, r) || play_pane_do(p, r))
		return;
	else
		play_key_carry_out(p, r);
	p->kept.unsaved = true;
}

/* The function key for another language counts wherever nothing is typed; what
 * lies over the ladder in the old one is closed. */
static bool
changes_language(struct key key)
{
	return key.name != KEY_IS_NONE &&
	       request_of_key(PLACE_LADDER, key) == REQ_LANGUAGE;
}

/* A request about the task that holds the run; REQ_NONE. */
static enum play_request
request_held(const struct play *p, struct key key)
{
	enum play_place at = play_where(p);
	enum play_request r = REQ_NONE;

	if (play_held_by(p) != 0 &&
	    (at == PLACE_LADDER || at == PLACE_PANE || at == PLACE_LAB))
		r = request_of_key(PLACE_HELD, key);
	return r == REQ_HOLD_ANSWER || r == REQ_HOLD_LOOK ? r : REQ_NONE;
}

void
play_key(struct play *p, struct key key)
{
	enum play_request r;

	/* The message stays while the terminal changes its size. */
	if (key.name == KEY_IS_RESIZE)
		return;
	buf_clear(&p->say);
	if (key.name == KEY_IS_ESCAPE && !p->doing.going &&
	    (play_find_stop(p) || play_lesson_stop(p)))
		return;
	p->search.finding = 0;
	p->search.counting = false;
	p->to_parting = false;
	if (key.name == KEY_IS_MOUSE) {
		do_mouse(p, key);
		return;
	}
	if (p->box.over == OVER_LINE) {
		over_line(p, key);
		p->kept.unsaved = true;
		return;
	}
	if (changes_language(key)) {
		p->box.over = OVER_NOTHING;
		play_key_carry_out(p, REQ_LANGUAGE);
		p->kept.unsaved = true;
		return;
	}
	/* Any key leaves the tour, and does what it does; Esc leaves it. */
	if (p->box.over == OVER_TOUR) {
		p->box.over = OVER_NOTHING;
		if (key.name == KEY_IS_ESCAPE)
			return;
	}
	if (play_help_key(p, key) || play_keypad_key(p, key))
		return;
	if (play_where(p) == PLACE_QUIZ)
		play_quiz_key(p, key);
	r = play_menu_key(p, key);
	if (r != REQ_NONE) {
		p->box.over = OVER_NOTHING;
		play_do(p, r);
		return;
	}
	r = request_held(p, key);
	if (r == REQ_NONE)
		r = request_of_key(play_where(p), key);
	if (r != REQ_NONE)
		play_do(p, r);
}

/* ---- the mouse: a press goes to its target, the wheel moves ---- */

static bool
play_key_inside(
    const struct grid_area *a, const struct key *key, size_t *x, size_t *y)
{
	if (a->g == NULL || key->x < a->x || key->y < a->y ||
	    key->x >= a->x + a->w || key->y >= a->y + a->h)
		return false;
	*x = key->x - a->x;
	*y = key->y - a->y;
	return true;
}

static void
press_ladder(struct play *p, size_t x, size_t y)
{
	struct play_view *v = play_view(p);
	struct ladder_screen_now now;
	size_t row, column;

	play_ladder_now(p, v, &now);
	if (!ladder_screen_hit(
		v->ladder, &now, &p->drawn.ladder, x, y, &row, &column))
		return;
	p->in_pane = false;
	play_keypad_leave(p);
	if (row != LAYOUT_NONE)
		play_jump(p, v->layout->rows[row].seq);
	else if (column != LAYOUT_NONE)
		play_fix_node(p, v->layout->columns[column].name);
}

static enum play_request
turn_wheel(struct play *p, const struct key *key)
{
	bool down = key->wheel > 0;
	size_t x, y;

	if (!play_key_inside(&p->drawn.pane, key, &x, &y))
		return down ? REQ_ROW_DOWN : REQ_ROW_UP;
	if (play_where(p) == PLACE_LAB)
		return down ? REQ_TASK_DOWN : REQ_TASK_UP;
	return down ? REQ_PANE_DOWN : REQ_PANE_UP;
}

static void
do_mouse(struct play *p, struct key key)
{
	size_t x, y;

	if (p->box.over == OVER_CHOOSER) {
		size_t i =
		    play_key_inside(&p->drawn.over, &key, &x, &y)
			? chooser_hit(&p->box.chooser, &p->drawn.over, x, y)
			: SIZE_MAX;

		if (key.wheel != 0)
			play_do(p, key.wheel > 0 ? REQ_LIST_DOWN : REQ_LIST_UP);
		else if (i == SIZE_MAX)
			p->box.over = OVER_NOTHING;
		else {
			p->box.chooser.cursor = i;
			play_do(p, REQ_LIST_OPEN);
		}
		return;
	}
	if (p->box.over != OVER_NOTHING)
		return;
	if (key.wheel != 0) {
		play_do(p, turn_wheel(p, &key));
	} else if (play_key_inside(&p->drawn.ladder, &key, &x, &y)) {
		press_ladder(p, x, y);
	} else if (play_key_inside(&p->drawn.pane, &key, &x, &y)) {
		p->in_pane = true;
		if (!play_lesson_mouse(p, y))
			play_keypad_mouse(p, x, y);
	} else if (play_key_inside(&p->drawn.second, &key, &x, &y)) {
		p->pane = play_second_pane(p);
		p->in_pane = true;
	}
}
