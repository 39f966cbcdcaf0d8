/*
 * Strict grammars of the scripts for mermaid and PlantUML, line by line: only
 * what rung writes, every name declared before it is used, nothing in a text
 * that the language would take for anything but text.
 */
#ifndef SCRIPT_CHECK_H
#define SCRIPT_CHECK_H

#include "text/utf8.h"

#include <stdio.h>

struct script {
	struct str rest;  /* of the line */
	struct buf store; /* names declared so far, each between spaces */
	bool mermaid, box;
	size_t arrows;
};

static bool
script_word(struct script *s, const char *word)
{
	if (!str_starts(s->rest, word))
		return false;
	s->rest = str_slice(s->rest, strlen(word), s->rest.n);
	return true;
}

/* A name; one that is declared, unless it is to be now. */
static bool
script_name(struct script *s, bool declare)
{
	struct buf key = BUF_INIT;
	size_t n = 0;
	bool known;

	while (n < s->rest.n &&
	       (chr_is_alnum(s->rest.p[n]) || s->rest.p[n] == '_'))
		n++;
	buf_printf(&key, " %.*s ", (int)n, s->rest.p);
	known = str_find(buf_view(&s->store), buf_cstr(&key)) >= 0;
	if (declare && !known)
		buf_str(&s->store, buf_view(&key));
	buf_free(&key);
	s->rest = str_slice(s->rest, n, s->rest.n);
	return n > 0 && known != declare;
}

static bool
script_number(struct script *s)
{
	size_t n = 0;

	while (n < s->rest.n && chr_is_digit(s->rest.p[n]))
		n++;
	s->rest = str_slice(s->rest, n, s->rest.n);
	return n > 0;
}

/* One character, a break or an escape. */
static bool
script_char(struct script *s, char *last)
{
	static const char *const once = "./_-=@|";
	size_t used;
	uint32_t c = utf8_decode(s->rest, &used);
	char before = *last;

	*last = c < 0x80 ? (char)c : 'a';
	if (s->mermaid && script_word(s, "<br/>"))
		return true;
	if (s->mermaid && script_word(s, "#"))
		return script_number(s) && script_word(s, ";");
	if (!s->mermaid && script_word(s, "\\n")) {
		*last = 0;
		return true;
	}
	if (!s->mermaid && script_word(s, "<U+")) {
		size_t n = 0;

		while (n < s->rest.n && chr_is_alnum(s->rest.p[n]))
			n++;
		s->rest = str_slice(s->rest, n, s->rest.n);
		*last = 0;
		return n >= 4 && n <= 5 && script_word(s, ">");
	}
	s->rest = str_slice(s->rest, used, s->rest.n);
	if (c >= 0xa0 && c != UTF8_BAD)
		return (!s->mermaid || c != 0xfb02) &&
		       (c < 0x202a || c > 0x202e);
	if (chr_is_alnum((char)c) || c == ' ' || c == UTF8_BAD)
		return true;
	if (c < ' ' || c >= 0x7f)
		return false;
	if (s->mermaid)
		return strchr(" .,()/_-=@+?!'|~^:", (int)c) != NULL;
	if (strchr(once, (int)c) != NULL)
		return before != (char)c;
	return strchr(",:;()?+", (int)c) != NULL;
}

static bool
script_text(struct script *s, const char *end)
{
	char last = 0;

	while (s->rest.n > 0 && !(end[0] != '\0' && str_is(s->rest, end)))
		if (!script_char(s, &last))
			return false;
	return script_word(s, end) && s->rest.n == 0;
}

static bool
script_arrow(struct script *s, const char *const *arrows)
{
	size_t best = 0, i;

	for (i = 0; arrows[i] != NULL; i++)
		if (strlen(arrows[i]) > best && str_starts(s->rest, arrows[i]))
			best = strlen(arrows[i]);
	s->rest = str_slice(s->rest, best, s->rest.n);
	s->arrows += best > 0;
	return best > 0;
}

static bool
script_box(struct script *s, bool opens)
{
	bool right = s->box != opens;

	s->box = opens;
	return right;
}

static bool
script_over(struct script *s, const char *comma, const char *colon)
{
	if (!script_name(s, false))
		return false;
	if (script_word(s, comma) && !script_name(s, false))
		return false;
	return script_word(s, colon) && script_text(s, "");
}

static bool
script_mermaid_line(struct script *s)
{
	static const char *const arrows[] = { "->>", "-->>", "-)", "--)", "-x",
		"--x", NULL };

	if (!script_word(s, "    "))
		return false;
	if (script_word(s, "title ") || script_word(s, "accTitle: "))
		return script_text(s, "");
	if (script_word(s, "box transparent "))
		return script_box(s, true) && script_text(s, "");
	if (str_is(s->rest, "end"))
		return script_box(s, false);
	if (script_word(s, "participant "))
		return script_name(s, true) && script_word(s, " as ") &&
		       s->rest.n > 0 && script_text(s, "");
	if (str_is(s->rest, "autonumber off"))
		return true;
	if (script_word(s, "autonumber "))
		return script_number(s) && s->rest.n == 0;
	if (script_word(s, "Note over "))
		return script_over(s, ",", ": ");
	return script_name(s, false) && script_arrow(s, arrows) &&
	       script_name(s, false) && script_word(s, ": ") &&
	       script_text(s, "");
}

static bool
script_plantuml_line(struct script *s)
{
	static const char *const arrows[] = { " -> ", " --> ", " ->> ",
		" -->> ", " ->x ", " -->x ", NULL };

	if (script_word(s, "title ") || script_word(s, "footer ") ||
	    script_word(s, "' "))
		return script_text(s, "");
	if (script_word(s, "box \""))
		return script_box(s, true) && script_text(s, "\" #white");
	if (str_is(s->rest, "end box"))
		return script_box(s, false);
	if (script_word(s, "participant \"")) {
		ptrdiff_t end = str_find(s->rest, "\" as ");
		struct str line = s->rest;
		bool good;

		if (end <= 0)
			return false;
		s->rest = str_slice(line, 0, (size_t)end);
		good = script_text(s, "");
		s->rest = str_slice(line, (size_t)end + 5, line.n);
		return good && script_name(s, true) && s->rest.n == 0;
	}
	if (str_is(s->rest, "autonumber stop"))
		return true;
	if (script_word(s, "autonumber "))
		return script_number(s) && str_is(s->rest, " \"<b>F0\"");
	if (script_word(s, "note over ") || script_word(s, "hnote over ") ||
	    script_word(s, "rnote over "))
		return script_over(s, ", ", " : ");
	return script_name(s, false) && script_arrow(s, arrows) &&
	       script_name(s, false) && script_word(s, " : ") &&
	       script_text(s, "");
}

/* SCRIPT is of the language, with so many ARROWS (SIZE_MAX: any number). */
__attribute__((unused)) static bool
script_is_sound(struct str script, bool mermaid, size_t arrows)
{
	static const char *const heads[] = { "@startuml",
		"skinparam monochrome true", "skinparam shadowing false" };
	struct script s = { .mermaid = mermaid, .store = BUF_INIT };
	size_t n = 0;
	bool good = true, ended = mermaid;

	while (good && script.n > 0) {
		struct str line = str_cut(script, '\n', &script);

		s.rest = line;
		if (mermaid && n == 0)
			good = str_is(line, "sequenceDiagram");
		else if (!mermaid && n < 3)
			good = str_is(line, heads[n]);
		else if (!mermaid && str_is(line, "@enduml"))
			ended = script.n == 0;
		else
			good = mermaid ? script_mermaid_line(&s)
				       : script_plantuml_line(&s);
		if (!good)
			printf("  not sound: %.*s\n", STR_ARG(line));
		n++;
	}
	buf_free(&s.store);
	return good && ended && !s.box && n > 0 &&
	       (arrows == SIZE_MAX || s.arrows == arrows);
}

#endif
