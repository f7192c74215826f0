package io.holdfast.vault.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the documents of a store, which are elements with text, whatever their namespace. Whoever
 * sent them is not trusted: no document types, and so no entities of their own. Pure.
 */
final class XmlText {
  private XmlText() {}

  /** Is told of a document, in its order. */
  interface Visitor {
    /**
     * An element ended.
     *
     * @param parent the name of the one that holds it; empty for the root
     * @param text all text that stood in it
     */
    void element(String parent, String name, String text);
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void read(byte[] document, Visitor visitor) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      var names = new ArrayDeque<String>();
      var texts = new ArrayDeque<StringBuilder>();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            names.push(reader.getLocalName());
            texts.push(new StringBuilder());
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!texts.isEmpty()) {
              texts.element().append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> {
            String name = names.pop();
            String parent = names.isEmpty() ? "" : names.element();
            visitor.element(parent, name, texts.pop().toString());
          }
          default -> {}
        }
      }
    } catch (XMLStreamException | RuntimeException malformed) {
      throw new IllegalArgumentException("the store answered with something that is no XML");
    }
  }
}
