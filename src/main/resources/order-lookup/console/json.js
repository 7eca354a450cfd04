// JSON with every digit: a number stays the text that it is.

const WORD = /[^\s{}[\],:"]+/y;
const COLOURED = 200_000;

/** The tokens of a document, white space left out. */
function tokens(text) {
  const all = [];
  let at = 0;
  while (at < text.length) {
    const first = text[at];
    let end = at + 1;
    if (first === '"') {
      end = endOfText(text, at);
      all.push({text: text.slice(at, end), kind: 'string'});
    } else if ('{}[],:'.includes(first)) {
      all.push({text: first, kind: 'mark'});
    } else if (!/\s/.test(first)) {
      WORD.lastIndex = at;
      const [word] = WORD.exec(text);
      end = at + word.length;
      all.push({text: word, kind: /^[-\d]/.test(word) ? 'number' : 'literal'});
    }
    at = end;
  }
  return all;
}

function endOfText(text, start) {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

/** The value of a document; numbers become texts. */
export function parse(text) {
  const quoted = tokens(text)
      .map(token => token.kind === 'number' ? `"${token.text}"` : token.text)
      .join('');
  return JSON.parse(quoted);
}

/** The document with line breaks and indentation, as nodes to be put into a pre. */
export function pretty(text) {
  const pieces = indented(tokens(text));
  const lines = document.createDocumentFragment();
  if (text.length > COLOURED) {
    lines.append(pieces.map(piece => piece.text).join(''));
    return lines;
  }
  for (const piece of pieces) {
    if (piece.kind === 'mark') {
      lines.append(piece.text);
    } else {
      const span = document.createElement('span');
      span.className = piece.kind;
      span.textContent = piece.text;
      lines.append(span);
    }
  }
  return lines;
}

function indented(all) {
  const pieces = [];
  let depth = 0;
  const lineBreak = () => '\n' + '  '.repeat(depth);
  all.forEach((token, i) => {
    const next = all[i + 1]?.text;
    const isKey = token.kind === 'string' && next === ':';
    let {text} = token;
    if (token.kind !== 'mark') {
      pieces.push({text, kind: isKey ? 'key' : token.kind});
      return;
    }
    if (text === '{' || text === '[') {
      depth++;
      text += next === '}' || next === ']' ? '' : lineBreak();
    } else if (text === '}' || text === ']') {
      depth--;
      const previous = all[i - 1]?.text;
      text = (previous === '{' || previous === '[' ? '' : lineBreak()) + text;
    } else if (text === ',') {
      text += lineBreak();
    } else {
      text += ' ';
    }
    pieces.push({text, kind: 'mark'});
  });
  return pieces;
}
