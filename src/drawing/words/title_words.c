/* Titles and notes of rung's own labs and topologies, in the reader's language.
 */
#include "words/title_words.h"

#include "base/i18n.h"

#include <string.h>

/* None of rung's own is longer. */
#define TITLE_MOST 120

struct str
title_translate(struct str title)
{
	char msgid[TITLE_MOST + 1];
	const char *text;

	if (title.n == 0 || title.n > TITLE_MOST ||
	    memchr(title.p, '\0', title.n) != NULL)
		return title;
	memcpy(msgid, title.p, title.n);
	msgid[title.n] = '\0';
	text = i18n_text(msgid);
	return text == msgid ? title : str_of(text);
}
