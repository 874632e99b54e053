// Why something is refused. `code`: for the page, which says it in the words of its language and of
// what to do next; the message: in plain English, with the place, for whoever looks closer.
export class Refused extends Error {
  constructor(code, why) {
    super(why);
    this.code = code;
  }
}

// It has not the form that the specification asks for. `place`: such as answers[0].choices[3].alpha.
export class Malformed extends Refused {
  constructor(why, place = "", code = "malformed") {
    super(code, place ? `${place}: ${why}` : why);
    Object.assign(this, { why, place });
  }

  // The same seen from one level above. `step`: a field's name, or [3].
  within(step) {
    const joined = this.place && this.place[0] !== "[" ? `${step}.${this.place}` : step + this.place;
    return new Malformed(this.why, joined, this.code);
  }
}

export class NotAnElement extends Malformed {
  constructor(group) {
    super(`no element of ${group}`, "", "not-an-element");
  }
}

// What `read` gives, and where it finds something malformed, the step to it.
export function at(step, read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? error.within(step) : error;
  }
}
