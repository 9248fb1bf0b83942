package io.witan.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses tags into statements; a tag that is not known fails by its name. */
final class Parser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private Parser(String source) {
    this.tokens = new Tokens(Lexer.tokens(source));
    this.expressions = new ExpressionParser(tokens);
  }

  static List<Statement> parse(String source) {
    var parser = new Parser(source);
    return parser.body(Set.of());
  }

  /** Statements up to a tag of one of these names, which is left to be read. */
  private List<Statement> body(Set<String> ends) {
    tokens.enter();
    var statements = new ArrayList<Statement>();
    while (true) {
      switch (tokens.peek().kind()) {
        case DATA -> statements.add(new Statement.Print(tokens.take().text()));
        case OUTPUT_BEGIN -> statements.add(output());
        case BLOCK_BEGIN -> {
          tokens.take();
          if (ends.contains(tokens.peek().text())) {
            tokens.leave();
            return statements;
          }
          statements.addAll(tag());
        }
        case END -> {
          if (!ends.isEmpty()) {
            throw tokens.failure("expected " + String.join(" or ", ends) + ", found the end");
          }
          tokens.leave();
          return statements;
        }
        case OUTPUT_END, BLOCK_END, NAME, STRING, WHOLE, REAL, OPERATOR ->
            throw tokens.failure("unexpected " + tokens.peek().quoted());
      }
    }
  }

  private Statement output() {
    tokens.take();
    var expression = expressions.parseTuple();
    tokens.expect(Token.Kind.OUTPUT_END, "}}");
    return new Statement.Output(expression);
  }

  private List<Statement> tag() {
    String name = tokens.name();
    return switch (name) {
      case "if" -> List.of(conditional());
      case "for" -> List.of(loop());
      case "set" -> List.of(assignment());
      case "macro" -> List.of(macro());
      case "break", "continue" -> List.of(jump(name));
      // Hugging Face marks what the model wrote, for training
      case "generation" -> enclosed("endgeneration");
      default -> throw tokens.failure("the tag '" + name + "' is not supported");
    };
  }

  private Statement conditional() {
    var branches = new ArrayList<Statement.Branch>();
    List<Statement> otherwise = List.of();
    do {
      var condition = expressions.parse();
      endTag();
      branches.add(new Statement.Branch(condition, body(Set.of("elif", "else", "endif"))));
    } while (tokens.takeIf("elif"));
    if (tokens.takeIf("else")) {
      endTag();
      otherwise = body(Set.of("endif"));
    }
    tokens.expect("endif");
    endTag();
    return new Statement.If(branches, otherwise);
  }

  private Statement loop() {
    var targets = targets();
    tokens.expect("in");
    var source = expressions.parseWithoutChoice();
    @Nullable Expression condition = tokens.takeIf("if") ? expressions.parse() : null;
    if (tokens.next("recursive")) {
      throw tokens.failure("recursive loops are not supported");
    }
    endTag();
    loops++;
    var body = body(Set.of("else", "endfor"));
    loops--;
    List<Statement> otherwise = List.of();
    if (tokens.takeIf("else")) {
      endTag();
      otherwise = body(Set.of("endfor"));
    }
    tokens.expect("endfor");
    endTag();
    return new Statement.For(targets, source, condition, body, otherwise);
  }

  private List<String> targets() {
    boolean enclosed = tokens.takeIf("(");
    var names = new ArrayList<String>(List.of(tokens.name()));
    while (tokens.takeIf(",")) {
      names.add(tokens.name());
    }
    if (enclosed) {
      tokens.expect(")");
    }
    return names;
  }

  private Statement assignment() {
    var targets = targets();
    String first = targets.getFirst();
    if (targets.size() == 1 && tokens.takeIf(".")) {
      String attribute = tokens.name();
      tokens.expect("=");
      var value = expressions.parseTuple();
      endTag();
      return new Statement.SetAttribute(first, attribute, value);
    }
    if (tokens.takeIf("=")) {
      var value = expressions.parseTuple();
      endTag();
      return new Statement.Set(targets, value);
    }
    if (targets.size() != 1 || tokens.next("|")) {
      throw tokens.failure("this form of 'set' is not supported");
    }
    return new Statement.SetBlock(first, enclosed("endset"));
  }

  private Statement macro() {
    String name = tokens.name();
    tokens.expect("(");
    var parameters = new ArrayList<Statement.Parameter>();
    while (!tokens.takeIf(")")) {
      String parameter = tokens.name();
      @Nullable Expression value = tokens.takeIf("=") ? expressions.parse() : null;
      parameters.add(new Statement.Parameter(parameter, value));
      if (!tokens.next(")")) {
        tokens.expect(",");
      }
    }
    int outerLoops = loops;
    loops = 0;
    var body = enclosed("endmacro");
    loops = outerLoops;
    return new Statement.Macro(name, parameters, body);
  }

  private Statement jump(String name) {
    if (loops == 0) {
      throw tokens.failure("'" + name + "' outside a loop");
    }
    endTag();
    return new Statement.Jump(name.equals("break"));
  }

  /** The rest of this tag, a body, and the tag that ends it, which may repeat a name. */
  private List<Statement> enclosed(String end) {
    endTag();
    var body = body(Set.of(end));
    tokens.take();
    if (tokens.next(Token.Kind.NAME)) {
      tokens.take();
    }
    endTag();
    return body;
  }

  private void endTag() {
    tokens.expect(Token.Kind.BLOCK_END, "%}");
  }
}
