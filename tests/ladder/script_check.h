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
script_word(struct script *script, const char *word)
{
	if (!str_starts(script->rest, word))
		return false;
	script->rest = str_slice(script->rest, strlen(word), script->rest.n);
	return true;
}

/* A name; one that is declared, unless it is to be now. */
static bool
script_name(struct script *script, bool declare)
{
	struct buf key = BUF_INIT;
	size_t n = 0;
	bool known;

	while (n < script->rest.n &&
	       (chr_is_alnum(script->rest.p[n]) || script->rest.p[n] == '_'))
		n++;
	buf_printf(&key, " %.*s ", (int)n, script->rest.p);
	known = str_find(buf_view(&script->store), buf_cstr(&key)) >= 0;
	if (declare && !known)
		buf_str(&script->store, buf_view(&key));
	buf_free(&key);
	script->rest = str_slice(script->rest, n, script->rest.n);
	return n > 0 && known != declare;
}

static bool
script_number(struct script *script)
{
	size_t n = 0;

	while (n < script->rest.n && chr_is_digit(script->rest.p[n]))
		n++;
	script->rest = str_slice(script->rest, n, script->rest.n);
	return n > 0;
}

/* One character, a break or an escape. */
static bool
script_char(struct script *script, char *last)
{
	static const char *const once = "./_-=@|";
	size_t used;
	uint32_t c = utf8_decode(script->rest, &used);
	char before = *last;

	*last = c < 0x80 ? (char)c : 'a';
	if (script->mermaid && script_word(script, "<br/>"))
		return true;
	if (script->mermaid && script_word(script, "#"))
		return script_number(script) && script_word(script, ";");
	if (!script->mermaid && script_word(script, "\\n")) {
		*last = 0;
		return true;
	}
	if (!script->mermaid && script_word(script, "<U+")) {
		size_t n = 0;

		while (n < script->rest.n && chr_is_alnum(script->rest.p[n]))
			n++;
		script->rest = str_slice(script->rest, n, script->rest.n);
		*last = 0;
		return n >= 4 && n <= 5 && script_word(script, ">");
	}
	script->rest = str_slice(script->rest, used, script->rest.n);
	if (c >= 0xa0 && c != UTF8_BAD)
		return (!script->mermaid || c != 0xfb02) &&
		       (c < 0x202a || c > 0x202e);
	if (chr_is_alnum((char)c) || c == ' ' || c == UTF8_BAD)
		return true;
	if (c < ' ' || c >= 0x7f)
		return false;
	if (script->mermaid)
		return strchr(" .,()/_-=@+?!'|~^:", (int)c) != NULL;
	if (strchr(once, (int)c) != NULL)
		return before != (char)c;
	return strchr(",:;()?+", (int)c) != NULL;
}

static bool
script_text(struct script *script, const char *end)
{
	char last = 0;

	while (script->rest.n > 0 &&
	       !(end[0] != '\0' && str_is(script->rest, end)))
		if (!script_char(script, &last))
			return false;
	return script_word(script, end) && script->rest.n == 0;
}

static bool
script_arrow(struct script *script, const char *const *arrows)
{
	size_t best = 0, i;

	for (i = 0; arrows[i] != NULL; i++)
		if (strlen(arrows[i]) > best &&
		    str_starts(script->rest, arrows[i]))
			best = strlen(arrows[i]);
	script->rest = str_slice(script->rest, best, script->rest.n);
	script->arrows += best > 0;
	return best > 0;
}

static bool
script_box(struct script *script, bool opens)
{
	bool right = script->box != opens;

	script->box = opens;
	return right;
}

static bool
script_over(struct script *script, const char *comma, const char *colon)
{
	if (!script_name(script, false))
		return false;
	if (script_word(script, comma) && !script_name(script, false))
		return false;
	return script_word(script, colon) && script_text(script, "");
}

static bool
script_mermaid_line(struct script *script)
{
	static const char *const arrows[] = { "->>", "-->>", "-)", "--)", "-x",
		"--x", NULL };

	if (!script_word(script, "    "))
		return false;
	if (script_word(script, "title ") || script_word(script, "accTitle: "))
		return script_text(script, "");
	if (script_word(script, "box transparent "))
		return script_box(script, true) && script_text(script, "");
	if (str_is(script->rest, "end"))
		return script_box(script, false);
	if (script_word(script, "participant "))
		return script_name(script, true) &&
		       script_word(script, " as ") && script->rest.n > 0 &&
		       script_text(script, "");
	if (str_is(script->rest, "autonumber off"))
		return true;
	if (script_word(script, "autonumber "))
		return script_number(script) && script->rest.n == 0;
	if (script_word(script, "Note over "))
		return script_over(script, ",", ": ");
	return script_name(script, false) && script_arrow(script, arrows) &&
	       script_name(script, false) && script_word(script, ": ") &&
	       script_text(script, "");
}

static bool
script_plantuml_line(struct script *script)
{
	static const char *const arrows[] = { " -> ", " --> ", " ->> ",
		" -->> ", " ->x ", " -->x ", NULL };

	if (script_word(script, "title ") || script_word(script, "footer ") ||
	    script_word(script, "' "))
		return script_text(script, "");
	if (script_word(script, "box \""))
		return script_box(script, true) &&
		       script_text(script, "\" #white");
	if (str_is(script->rest, "end box"))
		return script_box(script, false);
	if (script_word(script, "participant \"")) {
		ptrdiff_t end = str_find(script->rest, "\" as ");
		struct str line = script->rest;
		bool good;

		if (end <= 0)
			return false;
		script->rest = str_slice(line, 0, (size_t)end);
		good = script_text(script, "");
		script->rest = str_slice(line, (size_t)end + 5, line.n);
		return good && script_name(script, true) && script->rest.n == 0;
	}
	if (str_is(script->rest, "autonumber stop"))
		return true;
	if (script_word(script, "autonumber "))
		return script_number(script) &&
		       str_is(script->rest, " \"<b>F0\"");
	if (script_word(script, "note over ") ||
	    script_word(script, "hnote over ") ||
	    script_word(script, "rnote over "))
		return script_over(script, ", ", " : ");
	return script_name(script, false) && script_arrow(script, arrows) &&
	       script_name(script, false) && script_word(script, " : ") &&
	       script_text(script, "");
}

/* SCRIPT is of the language, with so many ARROWS (SIZE_MAX: any number). */
__attribute__((unused)) static bool
script_is_sound(struct str script, bool mermaid, size_t arrows)
{
	static const char *const heads[] = { "@startuml",
		"skinparam monochrome true", "skinparam shadowing false" };
	struct script script = { .mermaid = mermaid, .store = BUF_INIT };
	size_t n = 0;
	bool good = true, ended = mermaid;

	while (good && script.n > 0) {
		struct str line = str_cut(script, '\n', &script);

		script.rest = line;
		if (mermaid && n == 0)
			good = str_is(line, "sequenceDiagram");
		else if (!mermaid && n < 3)
			good = str_is(line, heads[n]);
		else if (!mermaid && str_is(line, "@enduml"))
			ended = script.n == 0;
		else
			good = mermaid ? script_mermaid_line(&script)
				       : script_plantuml_line(&script);
		if (!good)
			printf("  not sound: %.*s\n", STR_ARG(line));
		n++;
	}
	buf_free(&script.store);
	return good && ended && !script.box && n > 0 &&
	       (arrows == SIZE_MAX || script.arrows == arrows);
}

#endif
